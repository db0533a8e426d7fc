"""The search page, and the metadata that search uses."""
