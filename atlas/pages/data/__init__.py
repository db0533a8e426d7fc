"""The data files of an atlas, and the page that describes them."""
