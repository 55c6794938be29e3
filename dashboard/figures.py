"""Numbers as readers of a language write them, with their units."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from babel.dates import format_date, get_timezone_location

from dashboard.messages import Messages
from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.journeys.journey import TimeWindow
from gazetteer.positions import LatLon
from gazetteer.reading.quantities import Dimension, Quantity

AIR_FACETS: Final = (Facet.DISTANCE, Facet.AIR_LINE, Facet.PROXIMITY)
GRAVITY: Final = (
    Verdict.FAILS,
    Verdict.PARTLY,
    Verdict.HOLDS_LOOSELY,
    Verdict.CONSISTENT,
    Verdict.HOLDS,
    Verdict.UNVERIFIABLE,
)
"""The verdicts, gravest first."""

_WHOLE_FROM: Final = 100.0
"""From here on decimals say nothing."""


def measure(value: float | None, unit: str, words: Messages) -> str:
    """Write a number with its unit, as exactly as makes sense: `684 km`, `59.5 km/h`, `47°`."""
    if value is None or not math.isfinite(value):
        return ""
    if unit == "deg":
        return f"{words.number(value)}°"
    digits = 0 if abs(value) >= _WHOLE_FROM or float(value).is_integer() else 1
    known = words.texts.get(f"unit.{unit}", unit)
    return f"{words.number(value, digits)} {known}".strip()


def quantity(stated: Quantity, words: Messages) -> str:
    """Write a quantity as the article has it, and in kilometres where it is in other units."""
    digits = 0 if float(stated.value).is_integer() else 1
    written = words.number(stated.value, digits)
    if stated.value2 is not None:
        written += f"–{words.number(stated.value2, digits)}"
    written = f"{written} {words.texts.get(f'unit.{stated.unit}', stated.unit)}"
    if stated.dimension is Dimension.LENGTH and stated.unit in {"mi", "nmi", "ft"}:
        written += f" ({measure(stated.si_value / 1000.0, 'km', words)})"
    if stated.dimension is Dimension.SPEED and stated.unit != "km/h":
        written += f" ({measure(stated.si_value * 3.6, 'km/h', words)})"
    return written


def stated(claim: Claim, words: Messages) -> str:
    """Write what a claim states: its quantity, its direction, or the kind of claim it is."""
    parts = [quantity(claim.quantity, words)] if claim.quantity else []
    if claim.direction:
        parts.append(words.texts.get(f"wind.{claim.direction.wind}", claim.direction.wind))
    return ", ".join(parts) or words(f"relation.{claim.relation.value}")


def deviation(check: Check, words: Messages) -> str:
    """Write how far the statement is off, with its sign: `+15 km`, `47°`."""
    if check.deviation is None or not math.isfinite(check.deviation):
        return ""
    sign = "+" if check.deviation > 0 and check.unit != "deg" else ""
    return sign + measure(check.deviation, check.unit, words)


def share(check: Check) -> float | None:
    """Return the deviation as a bar's length in [-1, 1]; 1 is half the computed value, or 90 degrees."""
    if check.deviation is None or not math.isfinite(check.deviation):
        return None
    whole = 90.0 if check.unit == "deg" else abs(check.computed or 0.0) / 2.0
    return max(-1.0, min(1.0, check.deviation / whole)) if whole else None


def position(at: LatLon, words: Messages) -> str:
    """Write a position for readers: `43.11° N, 131.87° E`."""
    north = words("place.north") if at.lat >= 0 else words("place.south")
    east = words("place.east") if at.lon >= 0 else words("place.west")
    return f"{words.number(abs(at.lat), 2)}° {north}, {words.number(abs(at.lon), 2)}° {east}"


def source(text: str, words: Messages) -> str:
    """Write a source in the reader's language, as far as its usual phrases are known."""
    for phrase, translated in words.table("source_phrases").items():
        text = text.replace(phrase, translated)
    return text


def gauges(before_mm: int, after_mm: int, words: Messages) -> str:
    """Write a change of gauge: `1,435 → 1,520 mm`."""
    return f"{words.number(before_mm)} → {words.number(after_mm)} mm"


def zone(name: str | None, words: Messages) -> str:
    """Write the city a time zone is called after, or UTC: `Wladiwostok`."""
    return get_timezone_location(name, locale=words.language, return_city=True) if name else "UTC"


def moment(when: dt.datetime, words: Messages) -> str:
    """Write a day and an hour in the local time of the place."""
    return f"{day(when, words)}, {when:%H:%M}"


def day(when: dt.date, words: Messages) -> str:
    """Write a day: `11.09.2023`, `Sep 11, 2023`."""
    return format_date(when, "medium", words.language)


def window(when: TimeWindow, words: Messages) -> str:
    """Write a window of time: a day, a part of a day, or from one to the other."""
    first, last = when.earliest, when.latest
    if first.date() == last.date():
        whole = first.hour == 0 and last.hour >= 23
        date = day(first, words)
        written = date if whole else f"{date}, {first:%H:%M}–{last:%H:%M}"
    else:
        written = f"{day(first, words)} – {day(last, words)}"
    return f"{written} ({words('time.inferred')})" if when.inferred else written
