"""Trips: one traveller's reports sorted into journeys, and reports of one event made one.

Reports belong to one trip when their windows lie close together. Those that tell of the same place at
the same time become one event with several sources; those that exclude each other stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.calendar import Shape
from gazetteer.journeys.journey import FIRMEST_FIRST, Certainty, EventKind
from gazetteer.journeys.nearness import NearestReports
from gazetteer.journeys.roles import Place
from gazetteer.journeys.windows import FIRM, UNDER_WAY, DatedReport, Window
from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Span

SAME_PLACE_KM: Final = 12.0
"""Two names so close together mean one place of a journey."""
_WIDEST_POINT_KM: Final = 40.0
"""Radius up to which a country or region, such as a city state, is a point of a line."""
_WIDEST_ISLAND_KM: Final = 150.0
_LOOSE_WINDOW_DAYS: Final = 20.0
"""A wider window says nothing about the order within a trip."""
_TRIP_GAP: Final = dt.timedelta(days=15)
_VOYAGE_GAP: Final = dt.timedelta(days=45)
"""Between two days that one article reports of one traveller, as for ships."""
_LONGEST_BETWEEN: Final = dt.timedelta(days=15)
_TWO_DAYS: Final = 2.1
_WIDE_WINDOW_DAYS: Final = 45.0


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


def trips_of(reports: Sequence[DatedReport]) -> tuple[tuple[Stop, ...], ...]:
    """Sort one traveller's reports into trips, each a tuple of stops in the order travelled."""
    return tuple(_between_neighbours(_ordered(_merged(group))) for group in _groups(reports))


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
        gap = _VOYAGE_GAP if groups and _goes_on(groups[-1], report) else _TRIP_GAP
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
    if said.time is not None and said.time.shape in (Shape.MONTH, Shape.YEAR):
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
            if r.freshness == report.freshness and _same_place(r.report.place, report.report.place):
                return number
    return None


def _merged(reports: Iterable[DatedReport]) -> list[Stop]:
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
    if (Certainty.DENIED in denied and len(denied) > 1) or not _same_place(stop.place, told.place):
        return False
    apart = {EventKind.DEPARTURE, EventKind.CROSSING}
    if stop.kind is not told.kind and (stop.kind in apart or told.kind in apart):
        return False
    if stop.window is None or report.window is None:
        if told.sentence in stop.sentences:
            return True  # `… nach Kiel, wo er am Montag erwartet wird`
        return stop.window is None or stop.is_firm or not report.is_firm or report.assertion.present
    return stop.window.overlaps(report.window)


def _same_place(place: Place, other: Place) -> bool:
    if place.border or other.border:
        return place.border and other.border
    if place.entry is None or other.entry is None:
        return False
    if place.entry.id == other.entry.id:
        return True
    if is_wide(place) or is_wide(other):
        return False
    return great_circle_km(place.entry.position, other.entry.position) <= SAME_PLACE_KM


def _ordered(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Order by time; what only its day is known of stands by what can be said of a day."""
    moments: dict[int, dt.datetime] = {}
    for stop in stops:
        if stop.window is not None and stop.window.days <= _LOOSE_WINDOW_DAYS:
            moments[id(stop)] = _moment(stop, stop.window, stops)
    if not moments:  # nothing dates them, but weekdays may tell their turn
        turns = ((stop, next((r.turn for r in stop.reports if r.turn is not None), None)) for stop in stops)
        moments = {id(stop): _moment(stop, turn, stops) for stop, turn in turns if turn is not None}
    for stop in stops:
        if id(stop) not in moments:
            moments[id(stop)] = _loose_moment(stop, stops, moments)

    def key(stop: Stop) -> tuple[dt.datetime, bool, str, int]:
        first = min(stop.reports, key=lambda r: (r.report.article, r.report.at)).report
        loose = stop.window is None or stop.window.days > _LOOSE_WINDOW_DAYS
        return moments[id(stop)], loose, first.article, first.at

    return tuple(sorted(stops, key=key))


def _moment(stop: Stop, window: Window, stops: Sequence[Stop]) -> dt.datetime:
    """Return a moment for the order: the middle of some hours, else one that fits what happened."""
    if window.days < 0.9:
        return window.middle
    set_out = window.latest - UNDER_WAY
    if stop.kind is EventKind.ARRIVAL and stop.reports[0].report.en_route and set_out > window.earliest:
        midnight = dt.datetime.combine(window.earliest.date() + dt.timedelta(days=1), dt.time())
        if (
            window.days < _TWO_DAYS
            and set_out.date() <= midnight.date()
            and window.earliest.time() != dt.time()
        ):
            return min(set_out, midnight)  # the words time the setting out
    hour = 12
    if window.days <= 1.3 and stop.kind is EventKind.DEPARTURE:
        arrived = any(
            _same_place(stop.place, other.place)
            and other.kind is not EventKind.DEPARTURE
            and other.window is not None
            and other.window.earliest.date() == window.earliest.date()
            for other in stops
        )
        hour = 20 if arrived else 1
    return window.earliest + dt.timedelta(hours=hour)


def _just_before(moment: dt.datetime) -> dt.datetime:
    """Return a minute earlier; what has no date at all stands on the first day there is."""
    return max(moment, _UNDATED + _MINUTE) - _MINUTE


_MINUTE: Final = dt.timedelta(minutes=1)
_UNDATED: Final = dt.datetime.fromisoformat("0001-01-01")


def _told_before(stop: Stop, other: Stop) -> bool:
    first, second = stop.reports[0].report, other.reports[0].report
    return first.article == second.article and first.at < second.at


def _loose_moment(  # noqa: PLR0911 - one return for each case
    stop: Stop, stops: Sequence[Stop], moments: dict[int, dt.datetime]
) -> dt.datetime:
    """Return a moment for the order only: behind what the text said before, or where it belongs."""
    if stop.kind is EventKind.DEPARTURE:
        here = [moments[id(o)] for o in stops if id(o) in moments and _same_place(o.place, stop.place)]
        if here:
            return max(here)
        told = stop.reports[0].report.sentence
        reached = [
            moments[id(o)]
            for o in stops
            if id(o) in moments
            and o.kind is not EventKind.DEPARTURE
            and any(r.report.sentence == told for r in o.reports)
        ]
        if reached:  # `arrived five days after leaving Paris`
            return _just_before(min(reached))
    elif stop.window is None:
        left = [
            moments[id(o)]
            for o in stops
            if id(o) in moments
            and o.kind is EventKind.DEPARTURE
            and _same_place(o.place, stop.place)
            and _told_before(stop, o)
        ]
        if left:  # who leaves a place was there before
            return _just_before(min(left))
    first = stop.reports[0].report
    bound = [
        moments[id(o)]
        for o in stops
        if id(o) in moments
        and stop.kind is EventKind.SIGHTING
        and o.kind is EventKind.ARRIVAL
        and any(r.report.article == first.article and r.report.at == first.at for r in o.reports)
    ]
    if bound:  # `fuhr über Dnipro nach Lwiw`
        return _just_before(min(bound))
    before = [
        # The latest that an earlier sentence tells: "to Kyiv on Tuesday after flying in on Monday".
        (r.report.at if r.report.sentence == first.sentence else r.report.sentence.start, moments[id(other)])
        for other in stops
        for r in other.reports
        if id(other) in moments
        and r.report.article == first.article
        and r.report.at <= first.at
        and (r.window is not None or r.turn is not None)
    ]
    if stop.window is not None:
        inside = [moment for _, moment in before if stop.window.earliest <= moment <= stop.window.latest]
        return max(inside, default=stop.window.earliest)
    if before:
        return max(before)[1]
    if not moments:
        return _UNDATED
    return min(moments.values()) if stop.kind is EventKind.DEPARTURE else max(moments.values())
