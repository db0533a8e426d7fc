"""The home page, the page for missing addresses, and the sitemap."""
