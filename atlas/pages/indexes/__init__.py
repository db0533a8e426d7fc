"""The lists of a family: all its records, and groups of them."""
