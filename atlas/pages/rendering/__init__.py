"""Renders pages with Jinja. No other package imports Jinja."""
