"""Reads the files of content/ into records, and checks and links them."""
