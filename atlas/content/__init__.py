"""The files of content/ → records, checked and linked."""
