"""Statements of how long before or after a meeting something was: `vier Jahre nach dem Gipfel`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from gazetteer.claims.claim import Claim, Relation
from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.reading.quantities import Dimension


def interval_claims(scene: Scene) -> Iterator[Claim]:
    """Read `mehr als vier Jahre nach seinem ersten Gipfeltreffen`."""
    for quantity in scene.reading.quantities:
        if quantity.dimension is not Dimension.DURATION or quantity.unit not in {
            "week",
            "month",
            "year",
            "day",
        }:
            continue
        match = _interval_tail(scene.language).match(scene.text, quantity.span.end)
        if match is None:
            continue
        start = quantity.hedge.span.start if quantity.hedge is not None else quantity.span.start
        yield scene.claim((start, match.end("after")), Relation.INTERVAL, quantity=quantity)


@functools.cache
def _interval_tail(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"\s(?P<after>{known.either('events', 'after')})\s(?:[^\W\d_]+\s){{0,3}}?"
        rf"(?:{known.either('events', 'meetings')})(?!\w)",
        re.IGNORECASE,
    )
