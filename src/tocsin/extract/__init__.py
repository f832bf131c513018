"""EXTRACT: a reading in, records out.  No database, no network, no clock.

Five rooms on three floors: `grammar`; above it `mentions`; above both `offices`, `speech` and
`events`, which know nothing of each other.
"""
