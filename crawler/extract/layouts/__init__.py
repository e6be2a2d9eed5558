"""One layout for each generation of the CMS."""
