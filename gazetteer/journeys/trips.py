"""Trips: one traveller's reports sorted into journeys, and reports of one event made one.

Reports belong to one trip when their windows lie close together. Those that tell of the same place at
the same time become one event with several sources; those that exclude each other stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from gazetteer.journeys.calendar import Shape
from gazetteer.journeys.journey import EventKind
from gazetteer.journeys.nearness import NearestReports
from gazetteer.journeys.order import ordered
from gazetteer.journeys.whereabouts import Stop, is_wide, merged, same_place
from gazetteer.journeys.windows import DatedReport, Window

_TRIP_GAP: Final = dt.timedelta(days=15)
_VOYAGE_GAP: Final = dt.timedelta(days=45)
"""Between two days that one article reports of one traveller, as for ships."""
_SEA_GAP: Final = dt.timedelta(days=120)
_LONGEST_BETWEEN: Final = dt.timedelta(days=15)
_TWO_DAYS: Final = 2.1
_WIDE_WINDOW_DAYS: Final = 45.0


def trips_of(reports: Sequence[DatedReport]) -> tuple[tuple[Stop, ...], ...]:
    """Sort one traveller's reports into trips, each a tuple of stops in the order travelled."""
    return tuple(_between_neighbours(ordered(merged(group))) for group in _groups(reports))


def _between_neighbours(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Date what happened between two dated stops of its article: after the one and before the other."""
    for number, stop in enumerate(stops):
        if stop.window is not None or not stop.is_firm or not stop.is_point:
            continue
        if stop.kind is EventKind.DEPARTURE:
            continue
        before = _dated_neighbour(stop, stops[:number][::-1])
        after = _dated_neighbour(stop, stops[number + 1 :])
        if before is None or after is None or after.latest <= before.earliest:
            continue
        if after.latest - before.earliest <= _LONGEST_BETWEEN:
            stop.window = Window(before.earliest, after.latest, inferred=True)
    return stops


def _dated_neighbour(stop: Stop, others: Sequence[Stop]) -> Window | None:
    near = (o for o in others if o.window is not None and o.is_firm and o.articles & stop.articles)
    return next((o.window for o in near if o.window is not None and o.window.days <= _TWO_DAYS), None)


def _groups(reports: Sequence[DatedReport]) -> list[list[DatedReport]]:
    dated = [r for r in reports if r.window is not None]
    narrow = [(r.window, r) for r in dated if r.window and r.window.days <= _WIDE_WINDOW_DAYS]
    narrow.sort(key=lambda pair: (pair[0].earliest, pair[0].latest))
    groups: list[list[DatedReport]] = []
    end: dt.datetime | None = None
    for window, report in narrow:
        gap = _longest_gap(groups[-1], report) if groups else _TRIP_GAP
        if end is None or window.earliest > end + gap:
            groups.append([])
            end = window.latest
        groups[-1].append(report)
        # A month or "in the coming weeks" does not draw the next trip nearer.
        if window.days <= 8.0 or end < window.earliest:
            end = max(end, window.latest)
    for report in dated:
        if report.window is not None and report.window.days > _WIDE_WINDOW_DAYS:
            _closest(groups, report.window).append(report)
    told = NearestReports()
    for number, group in enumerate(groups):
        for report in group:
            _note(told, report, number)
    for report in reports:
        if report.window is None:
            _add_undated(groups, report, told, has_dates=bool(dated))
    return [group for group in groups if group]


def _longest_gap(group: Sequence[DatedReport], report: DatedReport) -> dt.timedelta:
    if not _goes_on(group, report):
        return _TRIP_GAP
    return _SEA_GAP if report.report.mode == "sea" else _VOYAGE_GAP


def _goes_on(group: Sequence[DatedReport], report: DatedReport) -> bool:
    """Tell whether an article tells both as one voyage: each to the day, each as having happened."""
    days = report.window is not None and report.window.days <= _TWO_DAYS and report.is_firm
    return days and any(
        r.report.article == report.report.article
        and r.is_firm
        and r.window is not None
        and r.window.days <= _TWO_DAYS
        and r.report.kind is not EventKind.STAY
        for r in group
    )


def _closest(groups: list[list[DatedReport]], window: Window) -> list[DatedReport]:
    for group in groups:
        if any(r.window is not None and r.window.overlaps(window) for r in group):
            return group
    groups.append([])
    return groups[-1]


def _note(told: NearestReports, report: DatedReport, group: int) -> None:
    told.add(report.report.article, report.report.at, group, firm=report.is_firm)


def _add_undated(
    groups: list[list[DatedReport]], report: DatedReport, told: NearestReports, *, has_dates: bool
) -> None:
    """Put a report without a day to the nearest one of its article that is as firm as it is."""
    said = report.report
    other_time = said.time is not None and said.time.shape in (Shape.MONTH, Shape.YEAR)
    if other_time and (report.is_firm or said.bound):
        groups.append([report])  # some other time, which nothing dates
        _note(told, report, len(groups) - 1)
        return
    if has_dates and is_wide(said.place) and not said.afterwards and not said.lead:
        return
    number = told.nearest(said.article, said.at, firm=report.is_firm)
    if number is None:
        number = _group_of_the_same(groups, report)
    if number is None:
        if groups and has_dates:
            return
        if not groups:
            groups.append([])
        number = len(groups) - 1
    groups[number].append(report)
    _note(told, report, number)


def _group_of_the_same(groups: Sequence[Sequence[DatedReport]], report: DatedReport) -> int | None:
    """Return the first group that tells of the report's place in an article of the same age."""
    if report.freshness is None:
        return None
    for number, group in enumerate(groups):
        for r in group:
            if r.freshness == report.freshness and same_place(r.report.place, report.report.place):
                return number
    return None
