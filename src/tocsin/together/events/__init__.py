"""Events of several articles: the same act, voices, grades, contradiction."""
