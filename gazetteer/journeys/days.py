"""Days: on which days and at which moments a time expression falls, against a reference date."""

from __future__ import annotations

import calendar as _month_lengths
import datetime as dt
from typing import Final

from gazetteer.journeys.calendar import PartialDate, Shape, Shift, TimeExpression, Toward

_SATURDAY: Final = 5


def days_of(
    expression: TimeExpression,
    reference: dt.date | None,
    *,
    toward: Toward = Toward.PAST,
    previous: dt.date | None = None,
) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that the expression allows, or None when nothing fixes them.

    Args:
        expression: What was read.
        reference: The day the article appeared, where known.
        toward: The side of the reference date on which the sentence's tense looks; a modifier in
            the expression itself (`letzten`, `next`) comes first.
        previous: The day the report last spoke of, for `am nächsten Tag`.
    """
    side = expression.toward or toward
    try:
        match expression.shape:
            case Shape.DATE | Shape.DATE_RANGE | Shape.MONTH | Shape.YEAR:
                return _dated(expression, reference, side)
            case Shape.LATER:
                return _shifted(expression.shift, previous)
            case Shape.SHIFT:
                return _shifted(_this_weekend(expression.shift, reference, side), reference)
            case Shape.WEEKDAY:
                return _weekdays(expression.weekdays, reference, side, named=expression.toward)
            case Shape.HOURS:
                day = previous or reference
                return None if day is None else (day, day)
    except (ValueError, OverflowError):  # 30 February, or a year off the calendar
        return None


def moments_of(
    days: tuple[dt.date, dt.date], hours: tuple[float, float] | None
) -> tuple[dt.datetime, dt.datetime]:
    """Return the earliest and latest moment: the hours apply to a single day only.

    Examples:
        >>> moments_of((dt.date(2024, 5, 1), dt.date(2024, 5, 1)), (20, 30))[1].isoformat()
        '2024-05-02T06:00:00'
    """
    first, last = (dt.datetime.combine(day, dt.time()) for day in days)
    if hours and first == last:
        earliest, latest = first + dt.timedelta(hours=hours[0]), first + dt.timedelta(hours=hours[1])
    else:
        earliest, latest = first, last + dt.timedelta(hours=24)
    if latest.time() == dt.time() and latest > earliest:
        latest -= dt.timedelta(minutes=1)  # 24:00 would already be read as the next day
    return earliest, latest


def _dated(
    expression: TimeExpression, reference: dt.date | None, side: Toward
) -> tuple[dt.date, dt.date] | None:
    first, last = expression.first, expression.last or expression.first
    if first.day is not None and first.month is last.month is None:
        return _day_of_month(first.day, reference, side)
    year = last.year if last.year is not None else first.year
    if year is None:
        year = _nearest_year(expression, reference, side)
    if year is None:
        return None
    first_year = first.year
    if first_year is None:
        wraps = expression.last is not None and (first.month or last.month or 1) > (last.month or 12)
        first_year = year - 1 if wraps else year
    begin = _first_day(PartialDate(first_year, first.month or last.month, first.day))
    end = _last_day(PartialDate(year, last.month, last.day))
    if expression.portion and first.month:
        low, high = expression.portion
        begin = dt.date(first_year, first.month, low)
        end = dt.date(year, first.month, high) if high else end
    return (begin, end) if begin <= end else None


def _day_of_month(day: int, reference: dt.date | None, side: Toward) -> tuple[dt.date, dt.date] | None:
    """Return `the 12th` nearest to the reference date on the side the sentence looks to."""
    if reference is None:
        return None
    found = []
    for months in (-1, 0, 1):
        number = reference.year * 12 + reference.month - 1 + months
        year, month = number // 12, number % 12 + 1
        if day <= _month_lengths.monthrange(year, month)[1]:
            one = dt.date(year, month, day)
            past, future = one <= reference, one >= reference
            if (side is not Toward.PAST or past) and (side is not Toward.FUTURE or future):
                found.append(one)
    nearest = min(found, key=lambda one: abs((one - reference).days), default=None)
    return None if nearest is None else (nearest, nearest)


def _nearest_year(expression: TimeExpression, reference: dt.date | None, side: Toward) -> int | None:
    """Return the year that puts a yearless date on the side the sentence looks to."""
    last = expression.last or expression.first
    if reference is None:
        return None
    choices = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            begin = _first_day(PartialDate(year, expression.first.month or last.month, expression.first.day))
            end = _last_day(PartialDate(year, last.month, last.day))
        except ValueError:  # 29 February
            continue
        if side is Toward.PAST and begin > reference:
            continue
        if side is Toward.FUTURE and end < reference:
            continue
        distance = min(abs((begin - reference).days), abs((end - reference).days))
        choices.append((0 if begin <= reference <= end else distance, year))
    return min(choices)[1] if choices else None


def _first_day(date: PartialDate) -> dt.date:
    return dt.date(date.year or 1, date.month or 1, date.day or 1)


def _last_day(date: PartialDate) -> dt.date:
    year, month = date.year or 1, date.month or 12
    return dt.date(year, month, date.day or _month_lengths.monthrange(year, month)[1])


def _shifted(shift: Shift | None, start: dt.date | None) -> tuple[dt.date, dt.date] | None:
    if shift is None or start is None or shift.unit == "hour":  # hours count from a moment
        return None
    match shift.unit:
        case "day":
            return start + dt.timedelta(days=shift.low), start + dt.timedelta(days=shift.high)
        case "week":
            monday = start - dt.timedelta(days=start.weekday())
            return monday + dt.timedelta(weeks=shift.low), monday + dt.timedelta(weeks=shift.high, days=6)
        case "weekend":
            saturday = start - dt.timedelta(days=start.weekday() - 5)
            return saturday + dt.timedelta(weeks=shift.low), saturday + dt.timedelta(weeks=shift.high, days=1)
        case "month":
            low, high = (start.year * 12 + start.month - 1 + months for months in (shift.low, shift.high))
            last = PartialDate(high // 12, high % 12 + 1)
            return _first_day(PartialDate(low // 12, low % 12 + 1)), _last_day(last)
        case _:
            return dt.date(start.year + shift.low, 1, 1), dt.date(start.year + shift.high, 12, 31)


def _this_weekend(shift: Shift | None, reference: dt.date | None, side: Toward) -> Shift | None:
    """Let the tense say which weekend `am Wochenende` is: the last one or the next."""
    if shift is None or reference is None or shift.unit != "weekend" or shift.low == shift.high:
        return shift
    at_weekend = reference.weekday() >= _SATURDAY
    step = shift.high if side is Toward.FUTURE or at_weekend else shift.low
    return Shift(shift.unit, step, step)


def _weekdays(
    weekdays: tuple[int, ...], reference: dt.date | None, side: Toward, *, named: Toward | None
) -> tuple[dt.date, dt.date] | None:
    if reference is None or not weekdays:
        return None
    if side is Toward.FUTURE:
        # "am Montag" may be today, "am kommenden Montag" is not.
        start = reference + dt.timedelta(days=1 if named is Toward.FUTURE else 0)
        first = start + dt.timedelta(days=(weekdays[0] - start.weekday()) % 7)
        return first, first + dt.timedelta(days=(weekdays[-1] - weekdays[0]) % 7)
    start = reference - dt.timedelta(days=1 if named is Toward.PAST else 0)
    if side is Toward.PRESENT:
        start = reference + dt.timedelta(days=6 - reference.weekday())
    last = start - dt.timedelta(days=(start.weekday() - weekdays[-1]) % 7)
    return last - dt.timedelta(days=(weekdays[-1] - weekdays[0]) % 7), last
