"""Windows: the dates of reports, resolved against the day of their article and the reports before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gazetteer.journeys.assertions import Assertion
from gazetteer.journeys.calendar import Shape, TimeExpression, Toward
from gazetteer.journeys.dating import ReferenceDate
from gazetteer.journeys.days import days_of, moments_of
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.reports import Report
from gazetteer.journeys.weeks import day_for_order

FIRM: Final = frozenset({Certainty.REPORTED, Certainty.EYEWITNESS})
"""Certainties of what has happened."""

_LOOK_AHEAD_REPORTS: Final = 6
_NEAR_CHARS: Final = 400
"""An hour alone belongs to the day named at most so far before it."""
_NEXT_DATE_DAYS: Final = 200
_NEXT_WEEKDAY_DAYS: Final = 8
_AT_MOST_UNDER_WAY: Final = dt.timedelta(days=3)
"""Within what time after setting out an arrival is expected where nothing more is said."""
_STEP: Final = dt.timedelta(days=1)
_HALF_A_DAY: Final = 0.5
_ABOUT_A_DAY: Final = 1.3
_YEAR_DAYS: Final = 367.0
_NAMED_DAYS: Final = frozenset({Shape.WEEKDAY, Shape.DATE, Shape.MONTH})
UNDER_WAY: Final = dt.timedelta(hours=18)
"""How much later than the hours of setting out an arrival may be."""


@dataclass(frozen=True, slots=True)
class Window:
    """Earliest and latest moment, and whether they follow from more than the words."""

    earliest: dt.datetime
    latest: dt.datetime
    inferred: bool

    @property
    def middle(self) -> dt.datetime:
        """Halfway between both ends."""
        return self.earliest + (self.latest - self.earliest) / 2

    @property
    def days(self) -> float:
        """Length in days."""
        return (self.latest - self.earliest) / _STEP

    def overlaps(self, other: Window) -> bool:
        """Tell whether one moment lies in both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def intersection(self, other: Window) -> Window:
        """Return what lies in both, which must overlap."""
        return Window(
            max(self.earliest, other.earliest),
            min(self.latest, other.latest),
            self.inferred and other.inferred,
        )


@dataclass(frozen=True, slots=True)
class DatedReport:
    """A report with its window, where one follows."""

    report: Report
    window: Window | None
    assertion: Assertion
    freshness: dt.date | None
    """The latest day on which its article may have appeared."""
    turn: Window | None = None
    """In an article that nothing dates, a window of no particular year: good for the order only."""

    @property
    def is_firm(self) -> bool:
        """Tell whether it reports what has happened."""
        return self.assertion.certainty in FIRM


def dated_reports(
    reports: Sequence[Report], references: Mapping[str, ReferenceDate]
) -> tuple[DatedReport, ...]:
    """Date the reports of all articles; those of one article must be in text order."""
    dated: list[DatedReport] = []
    for article in dict.fromkeys(report.article for report in reports):
        own = [report for report in reports if report.article == article]
        dated += _date_article(own, references.get(article))
    return tuple(dated)


def _date_article(reports: Sequence[Report], reference: ReferenceDate | None) -> list[DatedReport]:
    done: list[DatedReport] = []
    for report in reports:
        window = _window(report, reference, done)
        assertion = report.assertion
        if window is not None and reference is not None:
            assertion = _seen_from(assertion, window, reference)
            window = window if report.bound else _clipped(window, assertion, reference)
        if window is None:
            assertion = _going_on(report, assertion, done)
        window = _arriving_later(report, window)
        freshness = reference.latest if reference is not None else None
        done.append(DatedReport(report, window, assertion, freshness))
    for number, dated in enumerate(done):
        if reference is None and dated.window is None:
            window = _counted_back(dated.report, done[number + 1 :]) or _year_lent(dated.report, done)
            done[number] = replace(dated, window=window)
    return _with_turns(done) if reference is None else done


def _with_turns(reports: Sequence[DatedReport]) -> list[DatedReport]:
    """Give reports that only weekdays time a window of a week of no particular year."""
    weekdays = [
        (d.report.time, d.report.assertion.toward)
        for d in reports
        if d.report.time is not None and d.report.time.shape is Shape.WEEKDAY
    ]
    back = any(d.report.assertion.before for d in reports)
    opening = [
        (d.report.time, Toward.PAST)
        for d in reports
        if d.report.time is not None
        and d.report.time.shape is Shape.WEEKDAY
        and not (d.report.assertion.before or d.report.assertion.future)
    ]
    day = day_for_order(weekdays, news=opening[0] if back and opening else None)
    if day is None:
        return list(reports)
    some_week = ReferenceDate(day, day, inferred=True, confidence=0.0, note=None)
    turned: list[DatedReport] = []
    for dated in reports:
        told = dated.report
        turn = _said(told, told.time, some_week, []) if told.time is not None and not told.bound else None
        turned.append(replace(dated, turn=turn))
    return turned


def _year_lent(report: Report, others: Sequence[DatedReport]) -> Window | None:
    """Date a day without a year by a full date of the same article: `On March 6 … on March 9, 2022`."""
    time = report.time
    if time is None or not (time.shape is Shape.MONTH or (time.shape is Shape.DATE and time.names_day)):
        return None
    full = (o.window for o in others if o.report.time is not None and o.report.time.names_year)
    near = next(
        (window.middle.date() for window in full if window is not None and window.days <= _longest(time)),
        None,
    )
    days = days_of(time, near, toward=Toward.PRESENT) if near is not None else None
    if days is None or near is None or abs((days[0] - near).days) > _NEXT_DATE_DAYS:
        return None
    return Window(*moments_of(days, time.hours or report.hours), inferred=True)


def _longest(time: TimeExpression) -> float:
    """Return how wide a window may lend its year: to a day another day, to a month a year as well."""
    return _YEAR_DAYS if time.shape is Shape.MONTH else _ABOUT_A_DAY


def _going_on(report: Report, assertion: Assertion, before: Sequence[DatedReport]) -> Assertion:
    """Let a present tense without a day go on as firmly as what was told last: `danach fliegt er heim`."""
    if not assertion.present or assertion.certainty is not Certainty.REPORTED:
        return assertion
    last = next((d for d in reversed(before) if d.report.traveller == report.traveller), None)
    last = last or next(reversed(before), None)
    ahead = report.afterwards or (report.time is not None and report.time.shape in _NAMED_DAYS)
    if last is not None and last.is_firm and not last.report.assertion.present and ahead:
        return replace(assertion, certainty=Certainty.ANNOUNCED)  # the tense leaves the past behind
    if last is None or last.is_firm or not last.assertion.future or last.report.bound:
        return assertion
    firmest = Certainty.PLANNED if last.assertion.certainty is Certainty.DENIED else last.assertion.certainty
    return replace(assertion, certainty=firmest)


def _counted_back(report: Report, after: Sequence[DatedReport]) -> Window | None:
    """Date a weekday by the next day that the article names: `left on Tuesday and arrived on 9 March`."""
    time = report.time
    if time is None or time.shape is not Shape.WEEKDAY or report.assertion.future:
        return None
    for later in after[:_LOOK_AHEAD_REPORTS]:
        told = later.report
        if told.traveller != report.traveller or later.window is None or told.time is None:
            continue
        if told.time.names_day and later.is_firm and told.at - report.at <= _NEAR_CHARS:
            days = days_of(time, later.window.earliest.date(), toward=Toward.PAST)
            hours = time.hours or report.hours
            return None if days is None else Window(*moments_of(days, hours), inferred=True)
    return None


def _arriving_later(report: Report, window: Window | None) -> Window | None:
    """Widen an arrival's hours where the words time the setting out: `reiste am Abend nach Kiew`."""
    if window is None or report.kind is not EventKind.ARRIVAL or not report.en_route or window.days > 0.9:
        return window
    return replace(window, latest=window.latest + UNDER_WAY)


def _window(report: Report, reference: ReferenceDate | None, before: Sequence[DatedReport]) -> Window | None:  # noqa: C901, PLR0911 - one return for each case
    if report.time is not None:
        window = _said(report, report.time, reference, before)
        if window is None or not report.bound:
            return window
        return Window(window.earliest, window.latest + _AT_MOST_UNDER_WAY, inferred=True)
    if report.bound:
        return None
    mine = [d for d in before if d.report.traveller == report.traveller and d.window is not None]
    if report.lasting is not None:
        starts = [d for d in mine if d.report.kind is EventKind.DEPARTURE]
        if starts and starts[-1].window is not None:
            takes = dt.timedelta(seconds=report.lasting.si_value)
            start = starts[-1].window
            return Window(start.earliest + takes, start.latest + takes, inferred=True)
    if report.afterwards or (report.assertion.certainty is Certainty.DENIED and report.assertion.future):
        return None
    if report.assertion.future and not report.assertion.present:
        plans = [d for d in mine if d.assertion.future and not d.is_firm]
        return replace(plans[-1].window, inferred=True) if plans and plans[-1].window else None
    if reference is None or not reference.is_exact or report.assertion.future:
        return None
    day = reference.latest
    if report.observed and report.kind in (EventKind.SIGHTING, EventKind.CROSSING):
        return Window(*moments_of((day, day), None), inferred=True)
    if report.lead and report.kind in (EventKind.DEPARTURE, EventKind.ARRIVAL):
        return Window(*moments_of((day - _STEP, day), None), inferred=True)
    return None


def _said(
    report: Report, time: TimeExpression, reference: ReferenceDate | None, before: Sequence[DatedReport]
) -> Window | None:
    toward = Toward.PAST if report.bound else report.assertion.toward
    hours = time.hours or report.hours
    if time.shape is Shape.LATER:
        counted = _counted_on(report, time, before)
        if counted is not None:
            return counted
    previous = _previous_day(report, before, near=time.shape is Shape.HOURS)
    if previous is None and report.told_day is not None and reference is not None:
        days = days_of(report.told_day, reference.latest, toward=Toward.PAST)
        previous = days[0] if days is not None and days[0] == days[1] else None
    if time.names_year:
        days = days_of(time, None)
        return None if days is None else Window(*moments_of(days, hours), inferred=False)
    if reference is not None:
        ends = {
            days_of(time, day, toward=toward, previous=previous)
            for day in (reference.earliest, reference.latest)
        }
        known = [days for days in ends if days is not None]
        if not known:
            return None
        span = (min(days[0] for days in known), max(days[1] for days in known))
        return Window(*moments_of(span, hours), inferred=reference.inferred)
    if previous is None and time.names_day:
        previous = _previous_day(report, before, anybody=True)
    if previous is None:
        return None
    side = Toward.PAST if report.assertion.before else Toward.FUTURE
    days = days_of(time, previous, toward=side, previous=previous)
    # Without any date of the article a story is told forward from the last day it named.
    reach = dt.timedelta(days=_NEXT_DATE_DAYS if time.names_day else _NEXT_WEEKDAY_DAYS)
    near = days is not None and abs(days[0] - previous) < reach
    return Window(*moments_of(days, hours), inferred=True) if near and days is not None else None


def _counted_on(report: Report, time: TimeExpression, before: Sequence[DatedReport]) -> Window | None:
    """Return the window of `two hours later`, or of words that dated the report before already."""
    last = next(
        (d for d in reversed(before) if d.report.traveller == report.traveller and d.window is not None), None
    )
    if last is None or last.window is None:
        return None
    if last.report.time == time:
        return last.window  # said once for both: not a day later again
    if time.shift is None or time.shift.unit != "hour" or last.window.days > _HALF_A_DAY:
        return None
    hours, half = dt.timedelta(hours=time.shift.low), dt.timedelta(minutes=30)
    return Window(last.window.earliest + hours - half, last.window.latest + hours + half, inferred=True)


def _previous_day(
    report: Report, before: Sequence[DatedReport], *, near: bool = False, anybody: bool = False
) -> dt.date | None:
    for earlier in reversed(before):
        if near and report.at - earlier.report.at > _NEAR_CHARS:
            return None
        if near and earlier.assertion.before and not report.assertion.before:
            continue  # behind what had happened before, the story goes on where it was
        if earlier.assertion.future and not report.assertion.future:
            continue  # `a day later` counts from what has happened, not from a plan
        if not (anybody or earlier.report.traveller == report.traveller) or earlier.window is None:
            continue
        if earlier.report.time is not None and (earlier.window.days <= 1.3 or earlier.report.bound):
            return earlier.window.earliest.date()
    return None


def _seen_from(assertion: Assertion, window: Window, reference: ReferenceDate) -> Assertion:
    """Let the date decide what the present tense left open."""
    if not assertion.present:
        return assertion
    ahead = window.earliest.date() > reference.latest
    if assertion.certainty is Certainty.REPORTED and ahead:
        return replace(assertion, certainty=Certainty.ANNOUNCED)
    return assertion if ahead else replace(assertion, future=False)


def _clipped(window: Window, assertion: Assertion, reference: ReferenceDate) -> Window:
    """Cut off what lies after the article for the past, and before it for the future."""
    end = dt.datetime.combine(reference.latest, dt.time(23, 59))
    start = dt.datetime.combine(reference.earliest, dt.time())
    if assertion.certainty in FIRM and not assertion.future and window.earliest <= end < window.latest:
        return replace(window, latest=end)
    if assertion.future and window.earliest < start <= window.latest:
        return replace(window, earliest=start)
    return window
