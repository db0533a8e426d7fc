"""Pages → bytes, with Jinja: no other package imports it."""
