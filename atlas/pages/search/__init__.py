"""The search page, and what other pages say so that a search finds them."""
