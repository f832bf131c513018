"""Many articles into a store: found, read and analysed side by side, kept by one writer.

`add` is what the main process does, `work` what a worker process does, `workers` what is between.
`keep` is for one article that was read already, as on the desk.
"""
