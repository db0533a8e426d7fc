"""The search index: published pages → the files that `templates/static/search.js` reads."""
