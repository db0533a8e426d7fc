"""Citations as authors write them in prose."""
