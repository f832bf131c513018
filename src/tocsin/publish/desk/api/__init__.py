"""The JSON face, under `/api/v1`: each question of the store and of the reference at an address.

`operations` says what an operation is; `kinds` makes those of each kind of answer, `others` the
rest; `description` tells of all of them in OpenAPI 3.1, with the `schemas` of the records.  What is
added here is in the router, in the description and on the page `/api` by itself.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.publish.desk.api import judging, reading
from tocsin.publish.desk.api.description import describe as describe
from tocsin.publish.desk.api.description import operations
from tocsin.publish.desk.api.operations import ROOT, reply

router = APIRouter()
for each in operations():
    each.add_to(router)
router.include_router(reading.router)
router.include_router(judging.router)


@router.get(f"{ROOT}/openapi.json", include_in_schema=False)
def send_description(request: Request) -> Response:
    """Return the description, under a tag as every answer."""
    return reply(request, describe())
