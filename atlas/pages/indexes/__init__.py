"""The indexes of a family: all records, and groups of them."""
