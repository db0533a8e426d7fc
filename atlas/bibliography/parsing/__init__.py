"""Reads BibTeX and BibLaTeX text as works."""
