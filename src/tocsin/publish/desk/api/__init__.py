"""The JSON face, under `/api/v1`: each question of the store and of the reference at an address.

`operations` says what an operation is; `kinds` makes those of each kind of answer, `others` the
rest; `description` tells of all of them in OpenAPI 3.1, with the `schemas` of the records.  What is
added here is in the router, in the description and on the page `/api` by itself.
"""

from __future__ import annotations

from fastapi import APIRouter

from tocsin.publish.desk.api import judging, reading
from tocsin.publish.desk.api.description import describe as describe
from tocsin.publish.desk.api.description import operations

router = APIRouter()
for each in operations():
    each.add_to(router)
router.include_router(reading.router)
router.include_router(judging.router)
