"""What claims are held against: the readings, the places, the rails, the journeys and the borders."""

from __future__ import annotations

import bisect
import math
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from gazetteer.claims.claim import Claim, Role
from gazetteer.claims.scene import point_of
from gazetteer.errors import RouteError, UnknownPlaceError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.journey import Event, Journey, Leg, Mode
from gazetteer.journeys.routes import route
from gazetteer.outlines.borders import Borders
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.journeys.railways import RailNetwork

POINT_LIKE: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.MOUNTAIN, Feature.OTHER})
"""Features whose position stands for the whole; of all others no centre is measured."""

_KM_PER_ROOT_INHABITANT: Final = 0.0064  # a rule of thumb for the radius of a town, named as an estimate
_SAME_PLACE_KM: Final = 3.0


class PlaceBook(Protocol):
    """What knows the places by id: the gazetteer."""

    def entry(self, place_id: str, /) -> GazetteerEntry:
        """Return the entry of an id, or raise `UnknownPlaceError`."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way by rail between two places."""

    length_km: float
    geodesic_km: float
    geometry: tuple[LatLon, ...]
    source: Wording
    official: bool
    """True where every kilometre is an official one."""

    @property
    def detour_factor(self) -> float:
        """Length over the geodesic."""
        return self.length_km / self.geodesic_km if self.geodesic_km else 1.0


@dataclass(frozen=True)
class Evidence:
    """All that checks may ask, indexed once for all claims."""

    gazetteer: PlaceBook
    network: RailNetwork | None
    journeys: tuple[Journey, ...]
    readings: Mapping[str, ArticleReading]
    borders: Borders
    claims: tuple[Claim, ...]
    _entries: MutableMapping[str, GazetteerEntry | None]
    _surfaces: Mapping[tuple[str, str], Counter[str]]
    _mentions: Mapping[str, tuple[tuple[int, ...], tuple[Resolution, ...]]]
    _sentences: Mapping[str, tuple[int, ...]]
    _by_sentence: Mapping[tuple[str, int], tuple[Claim, ...]]
    _by_article: Mapping[str, tuple[Claim, ...]]
    _told: Mapping[str, tuple[Journey, ...]]
    _events: Mapping[str, tuple[Event, ...]]
    _ways: dict[tuple[str, str], Way | None] = field(default_factory=dict)
    _drawn: dict[tuple[str, str], tuple[LatLon, ...]] = field(default_factory=dict)
    _moved: dict[tuple[str, LatLon], Evidence] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        claims: Iterable[Claim],
        readings: Sequence[ArticleReading],
        gazetteer: PlaceBook,
        network: RailNetwork | None,
        journeys: Iterable[Journey],
    ) -> Evidence:
        """Index what was read and found."""
        entries: dict[str, GazetteerEntry | None] = {}
        surfaces: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        mentions = {}
        for reading in readings:
            ordered = sorted(reading.resolutions, key=lambda one: one.mention.span.start)
            mentions[reading.article.id] = (
                tuple(one.mention.span.start for one in ordered),
                tuple(ordered),
            )
            for one in ordered:
                if one.entry is not None:
                    entries.setdefault(one.entry.id, one.entry)
                    if one.spells_name:
                        surfaces[one.entry.id, reading.article.language][one.mention.surface] += 1
        sentences = {
            reading.article.id: tuple(sorted(sentence.span.start for sentence in reading.sentences))
            for reading in readings
        }
        held, travelled = tuple(claims), tuple(journeys)
        told: defaultdict[str, list[Journey]] = defaultdict(list)
        events: defaultdict[str, list[Event]] = defaultdict(list)
        for journey in travelled:
            for article in dict.fromkeys(span.article for event in journey.events for span in event.sources):
                told[article].append(journey)
            for event in journey.events:
                if event.place is not None:
                    events[event.place].append(event)
        by_sentence: defaultdict[tuple[str, int], list[Claim]] = defaultdict(list)
        by_article: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in held:
            by_article[claim.span.article].append(claim)
            by_sentence[claim.span.article, _index(sentences, claim.span)].append(claim)
        return cls(
            gazetteer,
            network,
            travelled,
            {reading.article.id: reading for reading in readings},
            Borders.open(),
            held,
            entries,
            surfaces,
            mentions,
            sentences,
            {key: tuple(here) for key, here in by_sentence.items()},
            {article: tuple(here) for article, here in by_article.items()},
            {article: tuple(here) for article, here in told.items()},
            {place: tuple(here) for place, here in events.items()},
        )

    def entry(self, role: Role | None) -> GazetteerEntry | None:
        """Return the place of a role; None where none was resolved."""
        return self.place(role.place) if role else None

    def place(self, place_id: str | None) -> GazetteerEntry | None:
        """Return the place of an id, also of one that only the online geocoder knew."""
        if place_id is None:
            return None
        if place_id not in self._entries:
            try:
                self._entries[place_id] = self.gazetteer.entry(place_id)
            except UnknownPlaceError:
                self._entries[place_id] = None
        return self._entries[place_id]

    def moved(self, entry: GazetteerEntry) -> Evidence:
        """Return the same evidence with one place as given here: put elsewhere, and no journey through it."""
        key = entry.id, entry.position
        if key not in self._moved:
            entries: ChainMap[str, GazetteerEntry | None] = ChainMap({entry.id: entry}, self._entries)
            self._moved[key] = replace(self, journeys=(), _entries=entries, _ways={}, _drawn={}, _moved={})
        return self._moved[key]

    def label(self, entry: GazetteerEntry) -> Wording:
        """Name a place as readers of each language know it: its exonym, else the articles' spelling."""
        return Wording(
            entry.name_de or self._commonest(entry.id, "de") or entry.name,
            entry.name_en or self._commonest(entry.id, "en") or entry.name,
        )

    def resolution(self, role: Role) -> Resolution | None:
        """Return the decision that a role rests on, if its words were a mention."""
        words = role.antecedent or role.span
        starts, resolutions = self._mentions.get(words.article, ((), ()))
        first = max(0, bisect.bisect_left(starts, words.start) - 2)
        for one in resolutions[first : bisect.bisect_left(starts, words.end)]:
            if one.mention.span.overlaps(words) and one.entry is not None:
                point = point_of(one)
                if role.place in {one.entry.id, point.id if point else None}:
                    return one
        return None

    def is_read(self, article: str) -> bool:
        """Tell whether an article's mentions are known; of claims made by hand they are not."""
        return bool(self._mentions.get(article, ((), ()))[1])

    def namesakes(self, role: Role) -> tuple[Candidate, ...]:
        """Return the other places that the words of a role may denote, best first."""
        decision = self.resolution(role)
        return tuple(one for one in decision.candidates if one.entry.id != role.place) if decision else ()

    def rivals(self, role: Role) -> tuple[GazetteerEntry, ...]:
        """Return the other places that a phrase may stand for: those named in its antecedent's sentence."""
        if role.antecedent is None:
            return ()
        words = role.antecedent
        sentence = _index(self._sentences, words)
        starts, resolutions = self._mentions.get(words.article, ((), ()))
        at = bisect.bisect_left(starts, words.start)
        near = resolutions[max(0, at - _RIVALS) : at + _RIVALS]
        found = {
            one.entry.id: one.entry
            for one in near
            if one.entry is not None
            and one.entry.id != role.place
            and one.mention.kind is Kind.TOPONYM
            and one.mention.span.start < role.span.start
            and _index(self._sentences, one.mention.span) == sentence
        }
        return tuple(found.values())

    def companions(self, claim: Claim) -> tuple[Claim, ...]:
        """Return the other claims of the same sentence."""
        here = self._by_sentence.get((claim.span.article, _index(self._sentences, claim.span)), ())
        return tuple(one for one in here if one.id != claim.id)

    def claims_of(self, article: str) -> tuple[Claim, ...]:
        """Return the claims of an article."""
        return self._by_article.get(article, ())

    def sentence_index(self, span: Span) -> int:
        """Return the number of the sentence that a span begins in."""
        return _index(self._sentences, span)

    def rail_way(self, a: GazetteerEntry, b: GazetteerEntry) -> Way | None:
        """Return the way by rail: as journeys report it, else over the network; None if unknown."""
        key = (a.id, b.id)
        if key not in self._ways:
            self._ways[key] = self._journey_way(a, b) or self._network_way(a, b)
        return self._ways[key]

    def drawn_way(self, a: GazetteerEntry, b: GazetteerEntry) -> tuple[LatLon, ...]:
        """Return the way by rail with few enough positions to be drawn small; empty if unknown."""
        key = (a.id, b.id)
        if key not in self._drawn:
            way = self.rail_way(a, b)
            self._drawn[key] = _thinned(way.geometry) if way is not None else ()
        return self._drawn[key]

    def journeys_told_in(self, article: str) -> tuple[Journey, ...]:
        """Return the journeys that an article contributes an event to."""
        return self._told.get(article, ())

    def events_at(self, place_id: str) -> tuple[Event, ...]:
        """Return the events of all journeys at a place."""
        return self._events.get(place_id, ())

    def _commonest(self, place_id: str, language: str) -> str:
        counted = self._surfaces.get((place_id, language))
        return counted.most_common(1)[0][0] if counted else ""

    def _journey_way(self, a: GazetteerEntry, b: GazetteerEntry) -> Way | None:
        for journey in self.journeys:
            legs = _legs_between(journey, a.id, b.id) or _legs_between(journey, b.id, a.id)
            if legs:
                geometry = tuple(fix for leg in legs for fix in leg.geometry)
                return Way(
                    sum(leg.length_km for leg in legs),
                    geodesic_km(a.position, b.position),
                    geometry,
                    legs[0].source,
                    official=False,
                )
        return None

    def _network_way(self, a: GazetteerEntry, b: GazetteerEntry) -> Way | None:
        if self.network is None or not {a.feature, b.feature} <= POINT_LIKE:
            return None
        straight_km = geodesic_km(a.position, b.position)
        if straight_km < _SAME_PLACE_KM:
            return None
        try:
            found = route(self.network, [a.position, b.position])
        except RouteError:
            return None
        geometry = tuple(fix for leg in found.legs for fix in leg.geometry)
        official = all(leg.official for leg in found.legs)
        return Way(found.length_km, straight_km, geometry, found.legs[0].source, official)


_DRAWN_AT_MOST: Final = 240


def _thinned(line: tuple[LatLon, ...]) -> tuple[LatLon, ...]:
    step = max(1, -(-(len(line) - 1) // _DRAWN_AT_MOST))
    return (*line[:-1:step], *line[-1:])


def extent_km(entry: GazetteerEntry) -> float:
    """Return the radius of the disc that holds a place: as recorded, else estimated from inhabitants."""
    if entry.extent_km is not None:
        return entry.extent_km
    if entry.feature is Feature.CITY:
        return min(25.0, max(1.0, _KM_PER_ROOT_INHABITANT * math.sqrt(entry.population)))
    return 2.0 if entry.feature is Feature.FACILITY else 5.0


_RIVALS: Final = 8
"""Names looked at on either side of a phrase's antecedent."""


def _index(sentences: Mapping[str, tuple[int, ...]], span: Span) -> int:
    return bisect.bisect_right(sentences.get(span.article, ()), span.start)


def _legs_between(journey: Journey, origin: str, destination: str) -> tuple[Leg, ...]:
    starts = [number for number, leg in enumerate(journey.legs) if leg.origin == origin]
    for first in starts:
        for last in range(first, len(journey.legs)):
            if journey.legs[last].mode is not Mode.RAIL:
                break
            if journey.legs[last].destination == destination:
                return journey.legs[first : last + 1]
    return ()
