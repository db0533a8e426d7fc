"""The bibliography, and the page of each work."""
