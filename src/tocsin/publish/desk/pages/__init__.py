"""Pages: what people look at.  Each file is one page or one sort of page, with a router of its own;
`ROUTERS` is the only list of them, in the order in which addresses are tried.
"""

from __future__ import annotations

from fastapi import APIRouter

from tocsin.publish.desk.pages import (
    article,
    briefs,
    downloads,
    event,
    family,
    judge,
    lists,
    network,
    office,
    pairs,
    programs,
    read,
    search,
    situation,
    speaker,
    world,
)

ROUTERS: tuple[APIRouter, ...] = (
    situation.router,
    pairs.router,
    briefs.router,
    article.router,
    event.router,
    read.router,
    search.router,
    downloads.router,
    speaker.router,
    office.router,
    family.router,
    network.router,
    world.router,
    programs.router,
    judge.router,
    lists.router,
)
