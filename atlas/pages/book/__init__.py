"""Books: the records of an atlas as EPUB files."""
