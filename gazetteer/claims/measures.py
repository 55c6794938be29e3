"""What a length measures where it is no distance: a height, a depth, a range, a tailback."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.reading.quantities import Quantity


def is_other_measure(scene: Scene, quantity: Quantity) -> bool:
    """Tell whether a length is said to be a height, a depth, a range: `in einer Höhe von 10 Kilometern`."""
    start = quantity.hedge.span.start if quantity.hedge is not None else quantity.span.start
    before = scene.text[max(0, min(start, quantity.span.start) - _MEASURE_BEFORE) : quantity.span.start]
    return _measure_before(scene.language).search(before) is not None


_MEASURE_BEFORE: Final = 50


@functools.cache
def _measure_before(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?<!\w)(?:[^\W\d_]{{0,20}}-?)?(?:{known.either('not_distance', 'before')})"
        rf"(?:\s(?:{known.either('not_distance', 'before_links')}))+(?:\s[^\W\d_]{{1,14}}){{0,2}}\s$",
        re.IGNORECASE,
    )


@functools.cache
def not_distance(language: str) -> re.Pattern[str]:
    """Return the pattern of words behind a length that make it no distance: `hoch`, `across`."""
    return re.compile(rf"[\s-](?:{cues(language).either('not_distance', 'after')})(?!\w)", re.IGNORECASE)
