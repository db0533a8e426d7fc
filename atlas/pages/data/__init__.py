"""The data of an atlas as files, and the page that describes them."""
