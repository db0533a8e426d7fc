"""The live preview: a local server that shows each page from the current files."""
