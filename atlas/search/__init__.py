"""Finding words: pages as they are published → the index that `templates/static/search.js` reads."""
