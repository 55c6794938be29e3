"""Measured: places that a text names only to say how far from them something is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from gazetteer.journeys.vocabulary import Vocabulary
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_MEASURE_REACH: Final = 45
"""Characters from a length to the place it is measured from."""


def is_measured_from(place: Resolution, reading: ArticleReading, vocabulary: Vocabulary) -> bool:
    """Tell whether the name only serves to measure: `60 km nördlich von Wladiwostok`."""
    start = place.mention.span.start
    ends = [q.span.end for q in _lengths_ending_in(reading.quantities, start - _MEASURE_REACH, start)]
    ends_measure = _ends_measure(vocabulary.words["ends_measure"])
    return any(not ends_measure.search(reading.article.text[end:start]) for end in ends)


@cache
def _ends_measure(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match between a length and a place that it is not measured from: `nach 900 km in Rom`."""
    leads = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"[,.;]|\b(?:{leads}) (?:\w+ ){{0,2}}$")


def _lengths_ending_in(quantities: Sequence[Quantity], first: int, last: int) -> Iterator[Quantity]:
    """Yield the lengths that end from one offset to another; halving, as long texts hold thousands."""
    for number in range(bisect_left(quantities, first, key=lambda q: q.span.end), len(quantities)):
        if quantities[number].span.end > last:
            return
        if quantities[number].dimension is Dimension.LENGTH:
            yield quantities[number]
