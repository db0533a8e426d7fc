"""BibTeX and BibLaTeX text → works."""
