"""The live preview: a local server that shows each page as the files are now."""
