"""Languages and dates: interface messages, sort order, and dates that may be imprecise (EDTF)."""
