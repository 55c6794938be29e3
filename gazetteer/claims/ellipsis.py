"""Lengths whose unit is said only once: `30 miles from Leeds and 40 from York`."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Final

from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.reading.articles import Span
from gazetteer.reading.quantities import Quantity, quantities_in

_UNIT: Final = re.compile(r"[^\W\d_]+\.?$")


def elliptic_length(scene: Scene, whole: Quantity, at: int, limit: int) -> Quantity | None:
    """Return the length that follows a statement with one, its unit that of the first.

    Args:
        scene: The article.
        whole: The length said with its unit.
        at: Where the statement on it ends.
        limit: Where the sentence ends.
    """
    unit = _UNIT.search(scene.text, whole.span.start, whole.span.end)
    match = _number(scene.language).match(scene.text, at, limit)
    if match is None or unit is None or scene.quantities_within(match.end("hedge"), match.end("number")):
        return None
    start = match.start("hedge")
    said = f"{scene.text[start : match.end('number')]} {unit[0]}"
    found = quantities_in(said, article=whole.span.article, language=scene.language)
    if len(found) != 1 or found[0].unit != whole.unit:
        return None
    (read,) = found
    span = _moved(read.span, start)
    hedge = None if read.hedge is None else replace(read.hedge, span=_moved(read.hedge.span, start))
    return replace(read, span=replace(span, end=match.end("number")), hedge=hedge)


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


@functools.cache
def _number(language: str) -> re.Pattern[str]:
    joints = cues(language).either("listing", "and")
    return re.compile(
        rf",?\s(?:{joints})\s(?P<hedge>(?:[^\W\d_]{{2,12}}\s){{0,2}})(?P<number>\d{{1,3}}(?:[.,]\d{{3}}|\d)?)(?=\s)"
    )
