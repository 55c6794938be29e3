"""Whereabouts: reports that tell of one event made one stop of a journey.

Reports of the same place at the same time become one stop with several sources; those that exclude each
other stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.journey import FIRMEST_FIRST, Certainty, EventKind
from gazetteer.journeys.roles import Place
from gazetteer.journeys.windows import FIRM, DatedReport, Window
from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Span

SAME_PLACE_KM: Final = 12.0
"""Two names so close together mean one place of a journey."""
_WIDEST_POINT_KM: Final = 40.0
"""Radius up to which a country or region, such as a city state, is a point of a line."""
_WIDEST_ISLAND_KM: Final = 150.0


@dataclass(slots=True)
class Stop:
    """One event in the making: reports that tell the same."""

    reports: list[DatedReport]
    kind: EventKind
    place: Place
    window: Window | None
    certainty: Certainty
    overtaken_by: list[Stop] = field(default_factory=list)
    conflicts: list[Stop] = field(default_factory=list)
    sentences: set[Span] = field(default_factory=set)
    """Those that tell of it."""

    @property
    def is_firm(self) -> bool:
        """Tell whether it has happened."""
        return self.certainty in FIRM

    @property
    def is_point(self) -> bool:
        """Tell whether a line can pass here: a town, not a country; a border, once it is found."""
        return self.place.border or (self.place.entry is not None and not is_wide(self.place))

    @property
    def freshness(self) -> dt.date:
        """The day of the latest article that says so."""
        return max((r.freshness for r in self.reports if r.freshness is not None), default=dt.date.min)

    @property
    def articles(self) -> set[str]:
        """Ids of the articles that say so."""
        return {r.report.article for r in self.reports}


def is_wide(place: Place) -> bool:
    """Tell whether a place is too wide for a point; city states are not."""
    entry = place.entry
    if entry is None or entry.feature in (Feature.CITY, Feature.FACILITY):
        return False
    if entry.extent_km is not None:
        return entry.extent_km > (_WIDEST_ISLAND_KM if entry.feature is Feature.ISLAND else _WIDEST_POINT_KM)
    return entry.feature is not Feature.ISLAND


def merged(reports: Iterable[DatedReport]) -> list[Stop]:
    """Return the stops that one trip's reports tell of, the best dated first."""

    def rank(report: DatedReport) -> tuple[bool, float, int, str, int]:
        days = report.window.days if report.window else 1e9
        firmness = FIRMEST_FIRST.index(report.assertion.certainty)
        return report.window is None, days, firmness, report.report.article, report.report.at

    stops: list[Stop] = []
    for report in sorted(reports, key=rank):
        fitting = next((stop for stop in stops if _tells_same(stop, report)), None)
        if fitting is None:
            told = report.report
            stop = Stop([report], told.kind, told.place, report.window, report.assertion.certainty)
            stop.sentences.add(told.sentence)
            stops.append(stop)
            continue
        fitting.reports.append(report)
        if fitting.window is not None and report.window is not None:
            fitting.window = fitting.window.intersection(report.window)
        tells_more = report.window is not None or not report.assertion.present
        if report.window is None and report.report.sentence in fitting.sentences:
            tells_more = False
        fitting.sentences.add(report.report.sentence)
        if tells_more and FIRMEST_FIRST.index(report.assertion.certainty) < FIRMEST_FIRST.index(
            fitting.certainty
        ):
            fitting.certainty = report.assertion.certainty
        if fitting.kind is EventKind.STAY and report.report.kind is EventKind.ARRIVAL and fitting.is_firm:
            fitting.kind = EventKind.ARRIVAL
    return stops


def _tells_same(stop: Stop, report: DatedReport) -> bool:
    told = report.report
    denied = {stop.certainty, report.assertion.certainty}
    if (Certainty.DENIED in denied and len(denied) > 1) or not same_place(stop.place, told.place):
        return False
    apart = {EventKind.DEPARTURE, EventKind.CROSSING}
    if stop.kind is not told.kind and (stop.kind in apart or told.kind in apart):
        return False
    if stop.window is None or report.window is None:
        if told.sentence in stop.sentences:
            return True  # `… nach Kiel, wo er am Montag erwartet wird`
        return stop.window is None or stop.is_firm or not report.is_firm or report.assertion.present
    return stop.window.overlaps(report.window)


def same_place(place: Place, other: Place) -> bool:
    """Tell whether two places are one point of a journey."""
    if place.border or other.border:
        return place.border and other.border
    if place.entry is None or other.entry is None:
        return False
    if place.entry.id == other.entry.id:
        return True
    if is_wide(place) or is_wide(other):
        return False
    return great_circle_km(place.entry.position, other.entry.position) <= SAME_PLACE_KM
