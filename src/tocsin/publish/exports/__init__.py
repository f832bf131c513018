"""Exports of what is kept, in the formats that others read: a module for each, listed here once.

Adding a format is a module that ends with its `Export`, and its name in the list below.
"""

from __future__ import annotations

from tocsin.publish.exports.claimreview import CLAIMREVIEW
from tocsin.publish.exports.export import Export
from tocsin.publish.exports.ftm import FTM
from tocsin.publish.exports.gdelt import GDELT
from tocsin.publish.exports.geojson import GEOJSON
from tocsin.publish.exports.marked import MARKED
from tocsin.publish.exports.parquet import PARQUET
from tocsin.publish.exports.polecat import POLECAT
from tocsin.publish.exports.tables import CSV

EXPORTS: tuple[Export, ...] = (CLAIMREVIEW, CSV, FTM, GDELT, GEOJSON, MARKED, PARQUET, POLECAT)
