"""The JSON contract: one report as one object, under the field names of `tocsin.records`."""

from __future__ import annotations

import json
from typing import Any

from tocsin.records import Report, to_json


def report_to_json(report: Report) -> dict[str, Any]:
    """Return `report` as JSON-ready data.

    Keys: article, statements, events, office_claims, findings, dating (or None), account.  Spans
    are ``[start, end]`` offsets into ``article.text``; dates are ISO strings.
    """
    data: dict[str, Any] = to_json(report)
    return data


def render_json(report: Report) -> str:
    """Return `report` as JSON on one line, in ASCII so that no terminal can be steered."""
    return json.dumps(report_to_json(report))
