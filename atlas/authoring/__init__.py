"""Commands that write for authors: new records, fixes, translations."""
