"""The pages: one folder for each kind of page, with its maker and its view."""
