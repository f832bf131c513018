"""Knowledge that needs no article: countries, names, titles, and who held which office when."""
