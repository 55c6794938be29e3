"""Quantities: a number with a unit of length, speed or time, and how firmly it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gazetteer.reading.articles import Span


class Dimension(StrEnum):
    """What is measured."""

    LENGTH = "length"
    SPEED = "speed"
    DURATION = "duration"


class HedgeKind(StrEnum):
    """What a hedge does to the number it stands before."""

    ABOUT = "about"
    BELOW = "just_below"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EVALUATIVE = "evaluative"
    """`nur`, `only`: says the number is small, leaves it as it is."""


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
