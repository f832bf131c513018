"""The brief in four dresses: terminal, Markdown and HTML over one view, and JSON of its records."""
