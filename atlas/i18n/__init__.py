"""Languages and dates: messages of the interface, sort order, and dates that may be vague (EDTF)."""
