"""Feeds: polled politely, their new entries added to a store, and the alarms that ring thereupon.

The one room that asks the network of its own accord, and only what a file of feeds names.
"""
