"""Many articles into a store: found, read and analysed side by side, kept by one writer.

`partition` is what is done with an article wherever it is done; `work` is what a worker process
does, `workers` what is between, `flow` what the main process does with all of them; `add` lets a
store keep what comes of it, `work_shards` a folder that many machines share (`shards`, `claims`,
`parts`), from which `gather` fills a store; `on_ray` and `on_datatrove` have engines do that.
`keep` is for one article that was read already, as on the desk.
"""
