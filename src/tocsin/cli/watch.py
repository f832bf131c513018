"""Blocs and lists: how parties stand to each other, and what goes on between them."""

from __future__ import annotations

import sys
from typing import Any

import click
