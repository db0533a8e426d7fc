"""Checks beyond errors: external links, lost addresses, gaps."""
