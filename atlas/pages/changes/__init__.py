"""The changes page and its feed."""
