"""The citations that authors write in prose."""
