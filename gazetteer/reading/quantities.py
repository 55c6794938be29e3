"""Quantities: a number with a unit of length, speed or time, and how firmly it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gazetteer.reading.articles import Span
from gazetteer.reading.intervals import HedgeKind, granularity, interval
from gazetteer.reading.quantity_grammar import Found, found_in
from gazetteer.reading.quantity_words import quantity_words
from gazetteer.reading.tokens import Words
from gazetteer.reading.units import SI_UNIT, UNITS, Dimension

__all__ = ["Dimension", "Hedge", "HedgeKind", "Quantity", "quantities_in"]


@dataclass(frozen=True, slots=True)
class Hedge:
    """The hedging words before a number."""

    span: Span
    words: str
    kind: HedgeKind


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number in the text, as written and in SI."""

    span: Span
    """Number and unit, without the hedge."""
    value: float
    """The number as written; the lower end of a range."""
    value2: float | None
    """The upper end of a range, else None."""
    unit: str
    """Canonical: `km`, `m`, `mi`, `nmi`, `ft`, `km/h`, `mph`, `kn`, `h`, `min`, `day`, `week` …"""
    dimension: Dimension
    si_value: float
    si_unit: str
    """`m`, `m/s` or `s`."""
    granularity: float
    """The coarsest power of ten the writer shows, in the unit as written: 10 for 680, 100 for 900."""
    hedge: Hedge | None
    low: float
    """Lower end of what is claimed, in SI, after hedge and rounding; may be 0."""
    high: float
    """Upper end of what is claimed, in SI; `math.inf` for an open bound."""


_HEDGE_WINDOW: Final = 48
_STRONGEST_LAST: Final = (
    HedgeKind.EVALUATIVE,
    HedgeKind.ABOUT,
    HedgeKind.BELOW,
    HedgeKind.ABOVE,
    HedgeKind.AT_LEAST,
    HedgeKind.AT_MOST,
)


def quantities_in(
    text: str, *, article: str, language: str, words: Words | None = None
) -> tuple[Quantity, ...]:
    """Return every length, speed and duration that a text gives a number for, in text order.

    Args:
        text: Any text; the time taken is linear in its length.
        article: Id for the spans.
        language: ISO 639-1; one without words for quantities is read by those of another.
        words: The words of just this text, where they are at hand.

    Examples:
        >>> [(q.value, q.unit) for q in quantities_in("nur 37 Meilen pro Stunde", article="a", language="de")]
        [(37.0, 'mph')]
    """
    code = quantity_words(language).language
    return tuple(_quantity(text, found, article, code) for found in found_in(text, code, words))


def _quantity(text: str, found: Found, article: str, language: str) -> Quantity:
    unit = UNITS[found.unit]
    span = Span(article, found.start, found.end)
    hedge = _hedge_before(text, found.start, article, language)
    if found.low is not None and found.high is not None:
        low, high, shown = found.low * unit.factor, found.high * unit.factor, granularity(found.low)
        if hedge is None:
            hedge = Hedge(span, text[found.start : found.end], HedgeKind.ABOUT)
    elif found.least:
        ratio = unit.factor / UNITS[found.least].factor
        parts = round(found.value * ratio, 6)
        low, high, shown = interval(parts, None, found.least, hedge.kind if hedge else None)
        shown /= ratio
    else:
        low, high, shown = interval(found.value, found.value2, found.unit, hedge.kind if hedge else None)
    return Quantity(
        span=span,
        value=found.value,
        value2=found.value2,
        unit=found.unit,
        dimension=unit.dimension,
        si_value=found.value * unit.factor,
        si_unit=SI_UNIT[unit.dimension],
        granularity=shown,
        hedge=hedge,
        low=low,
        high=high,
    )


_HEDGE_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_BETWEEN_HEDGE_AND_NUMBER: Final = frozenset(
    ("die", "den", "der", "the", "ein", "eine", "einen", "einer", "a", "an")
)
_LONGEST_HEDGE: Final = 4


def _hedge_before(text: str, start: int, article: str, language: str) -> Hedge | None:
    """Read the hedges that stand before a number, `nur etwa` as one; the strongest gives the kind."""
    known = quantity_words(language).hedges
    floor = max(0, start - _HEDGE_WINDOW)
    words = [
        (m[0].lower(), floor + m.start(), floor + m.end()) for m in _HEDGE_WORD.finditer(text[floor:start])
    ]
    words = _contiguous(text, words, start)
    kinds: list[HedgeKind] = []
    begin = end = start
    if len(words) > 1 and words[-1][0] in _BETWEEN_HEDGE_AND_NUMBER and words[-1][0] not in known:
        words.pop()
    while words:
        size = next(
            (n for n in range(min(_LONGEST_HEDGE, len(words)), 0, -1) if _phrase(words[-n:]) in known), 0
        )
        if not size:
            break
        if not kinds:
            end = words[-1][2]
        kinds.append(known[_phrase(words[-size:])])
        begin = words[-size][1]
        del words[-size:]
    if not kinds:
        return None
    kind = max(kinds, key=_STRONGEST_LAST.index)
    return Hedge(Span(article, begin, end), text[begin:end], kind)


def _phrase(words: list[tuple[str, int, int]]) -> str:
    return " ".join(word for word, _, _ in words)


def _contiguous(text: str, words: list[tuple[str, int, int]], start: int) -> list[tuple[str, int, int]]:
    """Keep the last words that have only one blank between them and the number."""
    kept: list[tuple[str, int, int]] = []
    edge = start
    for word in reversed(words):
        if edge - word[2] != 1 or not text[word[2]].isspace():
            break
        kept.append(word)
        edge = word[1]
    return kept[::-1]
