"""The table of all records with its filters."""
