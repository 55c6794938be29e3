"""Weeks: the day on which a text was written, as its own weekdays tell it.

A report names the weekdays around its own day: what it tells as past lies behind that day, what it
announces ahead. Seen from the right day they lie close together; seen from another, some jump a week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from gazetteer.journeys.calendar import Shape, TimeExpression, Toward
from gazetteer.journeys.days import days_of

_SOME_MONDAY: Final = dt.date.fromisoformat("0004-01-05")
"""A week for weekdays that nothing dates: good for their order only."""
_LONGEST_WEEK_DAYS: Final = 13
_FRESH_DAYS: Final = 2
"""So long after the last day it tells of, an article appears at most, if it might as well be sooner."""

Weekday = tuple[TimeExpression, Toward]
"""A weekday, and the side on which its sentence looks."""


def days_written(
    dated: tuple[dt.date, Toward], weekdays: Sequence[Weekday]
) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day on which a text may have been written that dates one of its weekdays.

    Args:
        dated: The day that the text gives with its weekday and year, and the side it looks to.
        weekdays: All bare weekdays of the text.
    """
    day, toward = dated
    steps = range(-6, 1) if toward is Toward.FUTURE else range(7)
    fitting = _closest([day + dt.timedelta(days=step) for step in steps], weekdays, day)
    if not fitting:
        return None
    earliest = fitting[0]
    last = max((d for d in _past(weekdays, earliest)), default=earliest)
    latest = max(earliest, last + dt.timedelta(days=_FRESH_DAYS))
    return earliest, max(d for d in fitting if d <= latest)


def day_for_order(weekdays: Sequence[Weekday], *, news: Weekday | None = None) -> dt.date | None:
    """Return a day of no particular year from which the weekdays follow in their order, None for none.

    Args:
        weekdays: Of a text that nothing dates.
        news: The one of its opening, where the text then goes back in time: today or yesterday.
    """
    if not weekdays:
        return None
    choices = [_SOME_MONDAY + dt.timedelta(days=step) for step in range(7)]
    # Nobody calls the day before yesterday `last Friday`.
    far = [w for w in weekdays if w[0].toward is Toward.PAST]
    choices = [day for day in choices if all(_days_since(w, day) > _FRESH_DAYS for w in far)] or choices
    if news is not None:
        choices = [day for day in choices if _days_since(news, day) <= 1] or choices
    fitting = _closest(choices, weekdays, None)
    return fitting[0] if fitting else None


def _days_since(weekday: Weekday, day: dt.date) -> int:
    days = days_of(weekday[0], day, toward=weekday[1])
    return (day - days[1]).days if days is not None else 0


def _closest(choices: Iterable[dt.date], weekdays: Sequence[Weekday], dated: dt.date | None) -> list[dt.date]:
    """Return the days from which the weekdays lie closest together, in order."""
    best: list[dt.date] = []
    shortest = _LONGEST_WEEK_DAYS + 1
    said = list({(time.weekdays, time.toward, toward): (time, toward) for time, toward in weekdays}.values())
    for choice in choices:
        named = [dated] if dated is not None else []
        for time, toward in said:
            days = days_of(time, choice, toward=toward)
            named += days or ()
        span = (max(named) - min(named)).days if named else 0
        if span < shortest:
            best, shortest = [choice], span
        elif span == shortest and best:
            best.append(choice)
    return best


def _past(weekdays: Sequence[Weekday], seen_from: dt.date) -> list[dt.date]:
    found = []
    for time, toward in weekdays:
        if toward is Toward.PAST and time.shape is Shape.WEEKDAY:
            days = days_of(time, seen_from, toward=toward)
            found += [days[1]] if days else []
    return found
