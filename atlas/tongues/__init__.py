"""Languages and dates: words of the interface, order, and dates that may be vague."""
