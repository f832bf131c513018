"""What is kept, in the formats that others read: one module for each.

Every exporter is a function that takes records and a place to write, and returns an `Outcome`:
how many rows it wrote, and what it left out and why.  `target` makes sure that an export is
whole or not there; `codes` holds the code tables of the other formats.
"""
