"""The page of editions, with their lists of addresses."""
