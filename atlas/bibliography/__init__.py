"""The bibliography: BibTeX → works → references and citations, in a style and a language."""
