"""Lengths of lines told by their ends: `a line of Q connects A with B`, `Q misst die Bahn von A bis B`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.claims.trip_ends import Ends, joined_ends, pair_at
from gazetteer.reading.articles import Sentence

_BEFORE: Final = 40
_LONGEST: Final = 90


def ends_of_line(scene: Scene, sentence: Sentence, start: int, end: int) -> tuple[Ends, int] | None:
    """Return from where to where the line leads that a length is said of, and where its words end.

    Args:
        scene: The article.
        sentence: The sentence the length stands in.
        start: Where the length begins with its hedge.
        end: Where it ends.
    """
    begin, limit = sentence.span.start, sentence.span.end
    floor = max(begin, start - _BEFORE)
    if _line_of(scene.language).search(scene.text, floor, start) is not None:
        joined = joined_ends(scene, sentence)
        return None if joined is None else (Ends(*joined), end)
    measures = _measures(scene.language).match(scene.text, end, min(limit, end + _LONGEST))
    if measures is None:
        return None
    pair = pair_at(scene, measures.end(), limit)
    if pair is None or any(end.entry is None for end in pair):
        return None
    origin, goal = pair
    return Ends(origin.role, goal.role), goal.end


@functools.cache
def _line_of(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?<!\w)(?:[^\W\d_]{{1,20}}-)?(?:{known.either('trip', 'lines')})"
        rf"\s(?:{known.either('trip', 'measures')})\s$",
        re.IGNORECASE,
    )


@functools.cache
def _measures(language: str) -> re.Pattern[str]:
    """Return the pattern of what leads from a length to its line's first end."""
    known = cues(language)
    articles, lines = known.either("anaphora", "definites"), known.either("trip", "lines")
    return re.compile(
        rf"\s(?:{known.either('trip', 'measures')})\s(?:{articles})\s(?:[^\W\d_]{{1,24}}\s){{0,2}}?"
        rf"(?:[^\W\d_]{{0,24}}-?)?(?:{lines})\s(?:{known.either('trip', 'from')})\s",
        re.IGNORECASE,
    )
