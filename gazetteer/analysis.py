"""Articles in, one frozen `Analysis` out: all that the dashboard, the command line and exports read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order they were given."""
        return tuple(reading.article for reading in self.readings)

    @property
    def warnings(self) -> tuple[Wording, ...]:
        """What went wrong without stopping the analysis, such as a geocoder that did not answer."""
        return tuple(dict.fromkeys(warning for reading in self.readings for warning in reading.warnings))

    @cached_property
    def language(self) -> str:
        """The language most articles are written in; English where none is known."""
        spoken = [article.language for article in self.articles if article.language != "und"]
        return max(dict.fromkeys(spoken), key=spoken.count, default="en")


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


def _places_of(
    readings: Iterable[ArticleReading],
    claims: Iterable[Claim],
    journeys: Iterable[Journey],
    gazetteer: Gazetteer,
) -> dict[str, GazetteerEntry]:
    places: dict[str, GazetteerEntry] = {}
    for reading in readings:
        for resolution in reading.resolutions:
            if resolution.entry is not None:
                places.setdefault(resolution.entry.id, resolution.entry)
            for candidate in resolution.candidates:
                places.setdefault(candidate.entry.id, candidate.entry)
    roles = (role for claim in claims for role in (claim.subject, claim.reference, claim.origin) if role)
    named = [role.place for role in roles]
    for journey in journeys:
        named += [event.place for event in journey.events]
        named += [place for leg in journey.legs for place in (leg.origin, leg.destination)]
    for place in named:
        if place is not None and place not in places:
            try:
                places[place] = gazetteer.entry(place)
            except UnknownPlaceError:
                # A geocoded place lives in the readings alone; one that is in neither cannot be shown.
                continue
    return places
