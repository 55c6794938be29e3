"""Identity: whether two articles that tell of `a train` or `the minister` mean one and the same.

A name is one traveller wherever it stands. A common noun or an office is one across articles only
where they give evidence: a stop that both tell of at times that fit, or somebody named who travels
along in both. Without it each article's journey stays its own; and so it does where two articles tell
different ways on from where a third one ends, and nothing says which of them is meant.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, Self

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.journey import EventKind
from gazetteer.journeys.roles import Place
from gazetteer.journeys.whereabouts import is_wide, same_place
from gazetteer.journeys.windows import DatedReport, Window
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span

_NOBODY: Final[frozenset[str]] = frozenset()
_NEAR: Final = dt.timedelta(days=4)
"""Within what time two reports of one stop may belong to one journey."""
_ENOUGH_STOPS: Final = 2
"""Without dates the same stops, at least so many, are evidence."""
_LATEST: Final = 12
"""With so many tellings before it, in order of time, each is compared."""
_MOST_REPORTS: Final = 200
"""Of two tellings so many reports are held against each other; articles of usual length have fewer."""
_WIDEST_DAYS: Final = 45.0
"""A wider window says nothing about when a journey was."""
_CELL_DEG: Final = 0.25
"""Places within the distance that counts as one lie in neighbouring cells of this width."""
_NARROW_DAYS: Final = 2.1
_FASTEST_KMH: Final = {"rail": 350.0, "road": 130.0, "sea": 80.0}
_FLYING_KMH: Final = 950.0


@dataclass(frozen=True, slots=True)
class OneTraveller:
    """All that is told of one traveller."""

    name: str
    reports: tuple[DatedReport, ...]
    forks: tuple[Place, ...] = ()
    """From where several articles tell different ways on, each of which may be this traveller's."""


def travellers_apart(reports: Sequence[DatedReport]) -> Iterator[OneTraveller]:
    """Yield each traveller; a name several times where it is no name of their own."""
    named: dict[str, list[DatedReport]] = defaultdict(list)
    nameless: dict[str, dict[str, list[DatedReport]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        told = report.report
        if told.nameless:
            # Headlines write nouns with a capital.
            nameless[told.traveller.casefold()][told.article].append(report)
        else:
            named[told.traveller].append(report)
    for name in sorted(named):
        yield OneTraveller(name, tuple(named[name]))
    company = _company(reports)
    for noun in sorted(nameless):
        articles = nameless[noun]
        tellings = [_Telling.of(articles[id_], company.get((id_, noun), _NOBODY)) for id_ in sorted(articles)]
        tellings.sort(key=_in_time)
        links = _Links.between(tellings)
        for group in links.joined():
            own = tuple(report for number in group for report in tellings[number].reports)
            forks = tuple(place for number in group for place in links.forks.get(number, ()))
            yield OneTraveller(own[0].report.traveller, own, forks)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one article tells of a traveller without a name."""

    reports: tuple[DatedReport, ...]
    company: frozenset[str]
    """Named travellers who are where this one is."""
    span: Window | None
    """From the first to the last day told."""
    stops: frozenset[str]
    """Ids of the towns and facilities."""

    @classmethod
    def of(cls, reports: Sequence[DatedReport], company: frozenset[str]) -> Self:
        windows = [w for r in reports if (w := _when(r)) is not None and w.days <= _WIDEST_DAYS]
        first, last = (
            min((w.earliest for w in windows), default=None),
            max((w.latest for w in windows), default=None),
        )
        span = Window(first, last, inferred=True) if first is not None and last is not None else None
        places = (r.report.place for r in reports)
        stops = frozenset(p.entry.id for p in places if p.entry is not None and not is_wide(p))
        return cls(tuple(reports), company, span, stops)

    def is_of_same(self, other: _Telling) -> bool:
        """Tell whether both give evidence of being about one traveller."""
        if self.company & other.company:
            return True
        if self.span is None or other.span is None:
            return self.span is other.span and self.stops == other.stops and len(self.stops) >= _ENOUGH_STOPS
        return any(_is_one_stop(mine, theirs) for mine, theirs in self._beside(other))

    def excludes(self, other: _Telling) -> bool:
        """Tell whether both must be different: at the same time elsewhere, or farther than anybody gets."""
        at_once = self.span is None or other.span is None or self.span.overlaps(other.span)
        if at_once and not self.is_of_same(other):
            return True
        return any(_out_of_reach(mine, theirs) for mine, theirs in self._beside(other))

    def goes_on_in(self, other: _Telling) -> Place | None:
        """Return where the other leaves from, if all that binds them is that this one had come there."""
        if self.company & other.company:
            return None
        end = None
        for mine, theirs in self._beside(other):
            if _is_one_stop(mine, theirs):
                if not _continues(mine, theirs):
                    return None
                end = end or mine.report.place
        return end

    def _beside(self, other: _Telling) -> Iterator[tuple[DatedReport, DatedReport]]:
        return product(self.reports[:_MOST_REPORTS], other.reports[:_MOST_REPORTS])


def _in_time(telling: _Telling) -> tuple[bool, str]:
    return telling.span is None, telling.span.earliest.isoformat() if telling.span is not None else ""


def _company(reports: Sequence[DatedReport]) -> dict[tuple[str, str], frozenset[str]]:
    """Return who of the named travels with whom without a name, by article and the latter's noun."""
    named: dict[Span, set[str]] = defaultdict(set)
    for report in reports:
        if not report.report.nameless:
            named[report.report.sentence].add(report.report.traveller)
    found: dict[tuple[str, str], frozenset[str]] = {}
    for told in (report.report for report in reports):
        if told.nameless and told.sentence in named:
            key = told.article, told.traveller.casefold()
            found[key] = found.get(key, _NOBODY) | named[told.sentence]
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    """Which tellings, by their numbers, give evidence of being about one traveller."""

    tellings: Sequence[_Telling]
    pairs: Sequence[tuple[int, int]]
    forks: dict[int, list[Place]]
    """By the telling that ends there: the places from which different ways on are told."""

    @classmethod
    def between(cls, tellings: Sequence[_Telling]) -> Self:
        """Link what may be of one traveller, except to ways on of which only one can be taken."""
        pairs = [
            (first, second)
            for first, second in _candidates(tellings)
            if tellings[first].is_of_same(tellings[second])
        ]
        onward: dict[int, list[tuple[int, Place]]] = defaultdict(list)
        for one, other in (pair for first, second in pairs for pair in ((first, second), (second, first))):
            place = tellings[one].goes_on_in(tellings[other])
            if place is not None and not tellings[one].excludes(tellings[other]):
                onward[one].append((other, place))
        forks: dict[int, list[Place]] = {}
        rivals: set[int] = set()
        for number, ways in onward.items():
            for (way, place), (other, its_place) in combinations(ways[:_LATEST], 2):
                if same_place(place, its_place) and tellings[way].excludes(tellings[other]):
                    forks.setdefault(number, []).append(place)
                    rivals |= {way, other}
        # Of many tellings of one arrival some are held against only one of the ways on.
        open_ways = {(number, way) for number, ways in onward.items() for way, _ in ways if way in rivals}
        sure = [pair for pair in pairs if pair not in open_ways and pair[::-1] not in open_ways]
        return cls(tellings, sure, forks)

    def joined(self) -> list[list[int]]:
        """Group what is told of one traveller; nobody joins a group in which somebody excludes it."""
        tellings = self.tellings
        group_of = {number: [number] for number in range(len(tellings))}
        for first, second in self.pairs:
            group, other = group_of[first], group_of[second]
            if group is other:
                continue
            latest = product(group[-_LATEST:], other[-_LATEST:])
            if any(tellings[a].excludes(tellings[b]) for a, b in latest):
                continue
            group += other
            group.sort()
            for number in other:
                group_of[number] = group
        return sorted({id(group): group for group in group_of.values()}.values())


def _candidates(tellings: Sequence[_Telling]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share company or a neighbourhood; of each only so many, as archives are large."""
    sharing: dict[Hashable, list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        keys, around = _keys(telling)
        yield from sorted(
            {(earlier, number) for key in around for earlier in sharing.get(key, ())[-_LATEST:]},
            reverse=True,
        )
        for key in keys:
            sharing[key].append(number)


def _keys(telling: _Telling) -> tuple[set[Hashable], set[Hashable]]:
    """Return what a telling is found by, and what it looks for."""
    keys: set[Hashable] = set(telling.company)
    if telling.span is None:
        keys.add(telling.stops)
        return keys, keys
    around = set(keys)
    for place in (report.report.place for report in telling.reports):
        if place.border:
            keys.add(place.countries)
            around.add(place.countries)
        elif place.entry is not None:
            row, column = _cell(place.entry.position)
            keys.add((row, column))
            around.update(product(range(row - 1, row + 2), range(column - 1, column + 2)))
    return keys, around


def _cell(position: LatLon) -> tuple[int, int]:
    return int(position.lat // _CELL_DEG), int(position.lon // _CELL_DEG)


def _is_one_stop(mine: DatedReport, theirs: DatedReport) -> bool:
    """Tell whether both report one town or border at times that fit."""
    place, other = mine.report.place, theirs.report.place
    if not same_place(place, other) or (place.border and place.countries != other.countries):
        return False
    if not place.border and (is_wide(place) or is_wide(other)):
        return False
    window, their_window = _when(mine), _when(theirs)
    return window is not None and their_window is not None and _fit(mine, window, theirs, their_window)


def _when(report: DatedReport) -> Window | None:
    """Return a report's window; of one that says no time, the days around its article's."""
    if report.window is not None or report.freshness is None or report.report.time is not None:
        return report.window
    day = dt.datetime.combine(report.freshness, dt.time())
    return Window(day - _NEAR, day + _NEAR, inferred=True)


def _fit(mine: DatedReport, window: Window, theirs: DatedReport, other: Window) -> bool:
    """Tell whether two dated reports of one place can be one stop: come by the one, left by the other."""
    if max(window.earliest, other.earliest) - min(window.latest, other.latest) > _NEAR:
        return False
    leaves, they_leave = (r.report.kind is EventKind.DEPARTURE for r in (mine, theirs))
    if leaves and they_leave:
        return False  # from one town many set out
    if leaves or they_leave:
        left, come = (window, other) if leaves else (other, window)
        return left.latest >= come.earliest
    stays = EventKind.STAY in (mine.report.kind, theirs.report.kind)
    return stays or window.overlaps(other)


def _continues(mine: DatedReport, theirs: DatedReport) -> bool:
    """Tell whether the one had come to a place that the other leaves."""
    return theirs.report.kind is EventKind.DEPARTURE and mine.report.kind is not EventKind.DEPARTURE


def _out_of_reach(mine: DatedReport, theirs: DatedReport) -> bool:
    """Tell whether the way between two reports that are dated closely is too long for the time."""
    window, other = mine.window, theirs.window
    place, end = mine.report.place.entry, theirs.report.place.entry
    if window is None or other is None or place is None or end is None:
        return False
    if not (mine.is_firm and theirs.is_firm) or max(window.days, other.days) > _NARROW_DAYS:
        return False
    if is_wide(mine.report.place) or is_wide(theirs.report.place):
        return False
    time = max(other.latest - window.earliest, window.latest - other.earliest)
    modes = (mine.report.mode, theirs.report.mode)
    fastest = max(_FASTEST_KMH.get(mode or "", _FLYING_KMH) for mode in modes)
    return great_circle_km(place.position, end.position) > fastest * (time / dt.timedelta(hours=1))
