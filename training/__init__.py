"""How each shipped model and data file was made, and from what.  Never imported by the package."""
