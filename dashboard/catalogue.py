"""A catalogue of one analysis: numbers for its places, mentions, claims and legs, and what belongs to what.

The map and the text components carry these numbers and nothing else of it; they count positions in the
analysis, so the same analysis numbers the same things alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Claim
from gazetteer.contract import contract_of
from gazetteer.journeys.journey import Event, Journey, Leg
from gazetteer.places.entries import GazetteerEntry
from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

Made = TypeVar("Made")

_APART: Final = "~"
"""Between the parts of what tells a leg; in no id of a place or journey."""

_REMEMBERED: Final = 24
"""Scenes and texts kept for one analysis."""


@dataclass(frozen=True, slots=True)
class RiddenLeg:
    """A leg with the journey it belongs to."""

    journey: Journey
    leg: Leg


class Catalogue:
    """Look-ups over one `Analysis`; computed when first asked for, never changed."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._labels: dict[str, dict[str, str]] = {}
        self._lock = Lock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles by id, in the order given."""
        return {article.id: article for article in self.analysis.articles}

    @cached_property
    def readings(self) -> dict[str, ArticleReading]:
        """The readings by the article's id."""
        return {reading.article.id: reading for reading in self.analysis.readings}

    @cached_property
    def place_ids(self) -> tuple[str, ...]:
        """The ids of all places; a place's number is its position here."""
        return tuple(self.analysis.places)

    @cached_property
    def place_numbers(self) -> dict[str, int]:
        """The number of each place id."""
        return {place: number for number, place in enumerate(self.place_ids)}

    @cached_property
    def resolutions(self) -> tuple[Resolution, ...]:
        """All names with their resolutions; a mention's number is its position here."""
        return tuple(res for reading in self.analysis.readings for res in reading.resolutions)

    @cached_property
    def stand_ins(self) -> tuple[Resolution, ...]:
        """The phrases that stand for a place named before; their numbers go on behind those of the names."""
        return tuple(res for reading in self.analysis.readings for res in reading.anaphors)

    @cached_property
    def stand_ins_of(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the phrases that stand for each place id, in text order."""
        numbered = enumerate(self.stand_ins, len(self.resolutions))
        return _grouped((res.entry.id, number) for number, res in numbered if res.entry is not None)

    @cached_property
    def marks_in(self) -> dict[str, tuple[int, ...]]:
        """The numbers of all that the text of each article id marks: names with a place, and stand-ins."""
        numbered = enumerate((*self.resolutions, *self.stand_ins))
        return _grouped(
            (res.mention.span.article, number) for number, res in numbered if res.entry is not None
        )

    @cached_property
    def mention_numbers(self) -> dict[str, int]:
        """The number of each mention id; where a name and a stand-in begin alike, the name's."""
        numbered = (*self.resolutions, *self.stand_ins)
        return {numbered[number].mention.id: number for number in reversed(range(len(numbered)))}

    @cached_property
    def claim_numbers(self) -> dict[str, int]:
        """The number of each claim id: its position in the analysis."""
        return {claim.id: number for number, claim in enumerate(self.analysis.claims)}

    @cached_property
    def mentions_of(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the mentions of each place id, in text order."""
        numbered = enumerate(self.resolutions)
        return _grouped((res.entry.id, number) for number, res in numbered if res.entry is not None)

    @cached_property
    def claims_in(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the claims of each article id."""
        numbered = enumerate(self.analysis.claims)
        return _grouped((claim.span.article, number) for number, claim in numbered)

    @cached_property
    def legs(self) -> tuple[RiddenLeg, ...]:
        """The legs of all journeys; a leg's number is its position here."""
        return tuple(RiddenLeg(journey, leg) for journey in self.analysis.journeys for leg in journey.legs)

    @cached_property
    def leg_ids(self) -> tuple[str, ...]:
        """What each leg is, by its number: its journey, its two ends and the first report of them."""
        seen: Counter[str] = Counter()
        ids = []
        for ridden in self.legs:
            leg, said = ridden.leg, next(iter(self._reports(ridden.leg)), "")
            alike = _APART.join((ridden.journey.id, leg.origin, leg.destination, said))
            seen[alike] += 1
            ids.append(_APART.join((ridden.journey.id, str(seen[alike]), leg.origin, leg.destination, said)))
        return tuple(ids)

    def leg_number(self, leg_id: str | None) -> int | None:
        """Return the number of a leg, also where other articles now give its journey another name.

        Returns:
            The leg of this id, else one with its ends and its report, else the only one with its ends.
        """
        if leg_id in self._leg_numbers:
            return self._leg_numbers[leg_id]
        parts = (leg_id or "").split(_APART, 4)
        if len(parts) < 5:
            return None
        _, _, origin, destination, said = parts
        alike = [
            number
            for number, ridden in enumerate(self.legs)
            if (ridden.leg.origin, ridden.leg.destination) == (origin, destination)
        ]
        told = [number for number in alike if said in self._reports(self.legs[number].leg)]
        return next(iter(told), alike[0] if len(alike) == 1 else None)

    @cached_property
    def _leg_numbers(self) -> dict[str | None, int]:
        return {leg_id: number for number, leg_id in enumerate(self.leg_ids)}

    def _reports(self, leg: Leg) -> list[str]:
        """Return the sentences that report the ends of a leg, the far end's first, as `start~article`."""
        events = [self.events[event] for event in reversed(leg.events) if event in self.events]
        return [f"{span.start}{_APART}{span.article}" for event in events for span in event.sources]

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events of all journeys by id."""
        return {event.id: event for journey in self.analysis.journeys for event in journey.events}

    @cached_property
    def _sentence_starts(self) -> dict[str, list[int]]:
        return {
            article: [sentence.span.start for sentence in reading.sentences]
            for article, reading in self.readings.items()
        }

    def remembered(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made of this analysis under a key before, else make it now; the oldest go first."""
        if key not in self._remembered:
            made = make()
            with self._lock:
                self._remembered[key] = made
                while len(self._remembered) > _REMEMBERED:
                    self._remembered.popitem(last=False)
            return made
        found: Made = self._remembered[key]
        return found

    def part(self, articles: Collection[str]) -> Catalogue:
        """Return the catalogue of some of the articles; itself where these are all."""
        kept = frozenset(article for article in articles if article in self.articles)
        if len(kept) == len(self.articles):
            return self
        return self.remembered(("part", kept), lambda: Catalogue(self.analysis.of_articles(kept)))

    def is_told(self, leg: Leg) -> bool:
        """Tell whether any of these articles reports one of a leg's ends; of a leg between reports, yes."""
        events = [self.events[event] for event in leg.events if event in self.events]
        return not events or any(event.sources for event in events)

    def place(self, number: int) -> GazetteerEntry:
        """Return the place of a number."""
        return self.analysis.places[self.place_ids[number]]

    def mention(self, number: int) -> Resolution:
        """Return the name, or the stand-in, of a number.

        Raises:
            IndexError: If there is none of that number.
        """
        beyond = number - len(self.resolutions)
        return self.resolutions[number] if beyond < 0 else self.stand_ins[beyond]

    def claim(self, number: int) -> Claim:
        """Return the claim of a number."""
        return self.analysis.claims[number]

    def sentence_number(self, span: Span) -> int | None:
        """Return which sentence of its article a span begins in, or None if in none."""
        reading = self.readings.get(span.article)
        if reading is None:
            return None
        number = bisect_right(self._sentence_starts[span.article], span.start) - 1
        return number if number >= 0 and reading.sentences[number].span.end > span.start else None

    def sentence(self, span: Span) -> Sentence | None:
        """Return the sentence a span begins in."""
        number = self.sentence_number(span)
        return None if number is None else self.readings[span.article].sentences[number]

    def labeller(self, language: str) -> Callable[[str], str]:
        """Return what readers of a language call a place, as the contract has it, by place id."""
        if language not in self._labels:
            places = contract_of(self.analysis, language=language)["places"]
            self._labels[language] = {place["id"]: place["label"] for place in places}
        labels = self._labels[language]
        return lambda place: labels.get(place, place)


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Gather the numbers that go with each id, in the order in which they come."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, number in pairs:
        found[key].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}
