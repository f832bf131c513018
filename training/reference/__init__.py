"""The compile of the office reference: files of tenures in, ``src/tocsin/reference/data`` out.

``python -m training.reference ../shared/reference`` rebuilds the package data; the same input gives
the same bytes.  The steps, a module each:

``read``       the files as rows of one shape
``titles``     office names -> office ids, through the package's own lexicon of titles
``people``     rows -> persons: which rows speak of the same human being
``reconcile``  rows -> tenures: what several origins say about one tenure, and where they disagree
``complete``   tenures -> the periods in which an office's list of holders is complete
``write``      everything -> the files of the package
"""
