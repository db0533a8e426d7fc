"""robots.txt and llms.txt."""
