"""Articles in, one frozen `Analysis` out: all that the dashboard, the command line and exports read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.claims.checking import check_claims
from gazetteer.claims.claim import Claim, CrossCheck
from gazetteer.claims.crosschecks import cross_checks
from gazetteer.claims.extraction import claims_in
from gazetteer.composition import carried_back, compositions
from gazetteer.errors import UnknownPlaceError
from gazetteer.journeys.events import journeys_of
from gazetteer.journeys.journey import Journey
from gazetteer.places.entries import GazetteerEntry
from gazetteer.reading.articles import Article
from gazetteer.reading.reader import ArticleReading, read_articles
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.journeys.railways import RailNetwork
    from gazetteer.places.geocoding import Geocoder
    from gazetteer.places.index import Gazetteer

Progress = Callable[[str, float], None]
"""Told the name of the present step and the share of it that is done, in [0, 1]."""


@dataclass(frozen=True)
class Analysis:
    """What several articles, read together, name, state and report.

    `gazetteer.contract.contract_of` writes it down as the JSON object of the contract.
    """

    readings: tuple[ArticleReading, ...]
    claims: tuple[Claim, ...]
    cross_checks: tuple[CrossCheck, ...]
    journeys: tuple[Journey, ...]
    places: dict[str, GazetteerEntry]
    """Every entry that anything above refers to, by id; read it, never change it."""
    left_out: tuple[Wording, ...] = ()
    """Files that were asked for and could not be read, and why."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order they were given."""
        return tuple(reading.article for reading in self.readings)

    @property
    def warnings(self) -> tuple[Wording, ...]:
        """What went wrong without stopping the analysis: files left out, a geocoder that did not answer."""
        unread = [Wording(f"nicht gelesen: {why.de}", f"not read: {why.en}") for why in self.left_out]
        met = (warning for reading in self.readings for warning in reading.warnings)
        return tuple(dict.fromkeys((*met, *unread)))

    @cached_property
    def language(self) -> str:
        """The language most articles are written in; English where none is known."""
        spoken = [article.language for article in self.articles if article.language != "und"]
        return max(dict.fromkeys(spoken), key=spoken.count, default="en")

    def of_articles(self, ids: Collection[str]) -> Analysis:
        """Return what this analysis holds of some of its articles.

        Nothing is read or judged anew: what the other articles taught stays in verdicts and reasons. A
        journey told in part stays whole; of what others report of it, only the sources are left out.

        Args:
            ids: Of the articles to keep; those it does not hold change nothing.
        """
        readings = tuple(reading for reading in self.readings if reading.article.id in ids)
        claims = tuple(claim for claim in self.claims if claim.span.article in ids)
        known = {claim.id for claim in claims}
        crossed = tuple(
            replace(check, claims=tuple(claim for claim in check.claims if claim in known))
            for check in self.cross_checks
            if not known.isdisjoint(check.claims)
        )
        told = (_told_by(journey, ids) for journey in self.journeys)
        journeys = tuple(journey for journey in told if any(event.sources for event in journey.events))
        used = {entry.id for entry in _entries_in(readings)} | set(_places_named(claims, journeys))
        places = {place: entry for place, entry in self.places.items() if place in used}
        return Analysis(readings, claims, crossed, journeys, places)


def analyse(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    *,
    network: RailNetwork | None = None,
    geocoder: Geocoder | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Read, follow and measure what the articles say, together.

    Args:
        articles: In any order; the order changes nothing but the order of the answer.
        gazetteer: The compiled gazetteer.
        network: The railways; without it journeys have no way along the rails.
        geocoder: Asked for names the gazetteer does not know; without it nothing leaves the machine.
        progress: Told how far the work is.

    Returns:
        The analysis. Nothing found is empty, not an error.
    """
    tell = progress or _silent
    composed = compositions(articles)
    legible = [composed[article.id].composed if article.id in composed else article for article in articles]
    readings = read_articles(legible, gazetteer, geocoder=geocoder, progress=tell)
    tell("journeys", 0.0)
    journeys = journeys_of(readings, gazetteer, network)
    tell("claims", 0.0)
    found = tuple(claim for reading in readings for claim in claims_in(reading, gazetteer))
    claims = check_claims(found, readings, gazetteer, network, journeys)
    crossed = cross_checks(claims, readings, gazetteer, network, journeys)
    tell("claims", 1.0)
    places = _places_of(readings, claims, journeys, gazetteer)
    back = carried_back((readings, claims, journeys), composed)
    return Analysis(back[0], back[1], crossed, back[2], places)


def _silent(_step: str, _share: float) -> None:
    pass


def _told_by(journey: Journey, ids: Collection[str]) -> Journey:
    events = (
        replace(event, sources=tuple(source for source in event.sources if source.article in ids))
        for event in journey.events
    )
    return replace(journey, events=tuple(events))


def _places_of(
    readings: Iterable[ArticleReading],
    claims: Iterable[Claim],
    journeys: Iterable[Journey],
    gazetteer: Gazetteer,
) -> dict[str, GazetteerEntry]:
    places: dict[str, GazetteerEntry] = {}
    for entry in _entries_in(readings):
        places.setdefault(entry.id, entry)
    for place in _places_named(claims, journeys):
        if place not in places:
            try:
                places[place] = gazetteer.entry(place)
            except UnknownPlaceError:
                # A geocoded place lives in the readings alone; one that is in neither cannot be shown.
                continue
    return places


def _entries_in(readings: Iterable[ArticleReading]) -> Iterator[GazetteerEntry]:
    for reading in readings:
        for resolution in reading.resolutions:
            if resolution.entry is not None:
                yield resolution.entry
            yield from (candidate.entry for candidate in resolution.candidates)


def _places_named(claims: Iterable[Claim], journeys: Iterable[Journey]) -> Iterator[str]:
    roles = (role for claim in claims for role in (claim.subject, claim.reference, claim.origin) if role)
    yield from (role.place for role in roles if role.place is not None)
    for journey in journeys:
        yield from (event.place for event in journey.events if event.place is not None)
        for leg in journey.legs:
            yield from (leg.origin, leg.destination)
