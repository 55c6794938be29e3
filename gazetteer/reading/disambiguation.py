"""Disambiguation: which of the places of a name is meant, by what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Final, NamedTuple, Self

import numpy as np

from gazetteer.places.entries import Candidate, GazetteerEntry, Match
from gazetteer.places.index import Gazetteer
from gazetteer.reading.ballots import Ballot, LateBallot
from gazetteer.reading.candidates import Found
from gazetteer.reading.hints import Hints, KindWords
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import Name, Register
from gazetteer.reading.ranking import Ranking, RankingWeights
from gazetteer.reading.respellings import HEARD, QUARTER, TRANSLATED, Respellings
from gazetteer.reading.shortlist import MAX_CANDIDATES, Shortlist
from gazetteer.reading.solitude import FEWEST
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.traits import CONTINENT, STATE, Floats, Traits
from gazetteer.wording import Wording

_DOUBTFUL: Final = 0.3
"""Share below which no place is chosen: of those one in four or fewer was right in cross-validation."""
_CERTAIN: Final = 1.0 - 1e-9
"""Share from which the others that may lie in one spot with the best place add nothing worth asking for."""
_LONGEST_GAP: Final = 6
_MATCH: Final = {
    "exact": Match.EXACT,
    "genitive": Match.INFLECTED,
    "folded": Match.FOLDED,
    HEARD: Match.FOLDED,
    TRANSLATED: Match.INFLECTED,
    QUARTER: Match.INFLECTED,
}
_UNKNOWN: Final = Wording(
    "nicht aufgelöst: der Name steht nicht im Ortsverzeichnis",
    "not resolved: the name is not in the gazetteer",
)
_TOO_DOUBTFUL: Final = Wording(
    "nicht aufgelöst: mehrere Orte heißen so, und nichts im Artikel entscheidet zwischen ihnen",
    "not resolved: several places have the name, and nothing in the article decides between them",
)
_TOO_FAR: Final = Wording(
    "nicht aufgelöst: was das Ortsverzeichnis unter dem Namen kennt, liegt weit von allem, was der Artikel "
    "sonst nennt",
    "not resolved: what the gazetteer knows by the name lies far from all else that the article names",
)


class Choice(NamedTuple):
    """The decision on one name of an article."""

    entry: GazetteerEntry | None
    confidence: float
    candidates: Sequence[Candidate]
    reason: Wording | None = None
    """Why; None where it is for what speaks for the best candidate."""


class Disambiguator:
    """Resolves the names of one article together; keeps what it knows of all places."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, weights: RankingWeights) -> None:
        """Take the gazetteer, the tables of the articles' language and the learned weights."""
        self._gazetteer = gazetteer
        self._words = KindWords(lexicon)
        self._traits = Traits(gazetteer, lexicon.language, homes_of(lexicon))
        self._ranking = Ranking(gazetteer, self._traits, weights)
        self._respellings = Respellings(gazetteer, lexicon)
        self._register = Register(gazetteer, self._traits, self._ranking.static)

    @classmethod
    def of(cls, gazetteer: Gazetteer, language: str) -> Disambiguator:
        """Return the one of a language, kept."""
        return _of_language(gazetteer, language)

    def resolve(self, detected: Sequence[Found], here: Surroundings) -> list[Choice]:
        """Return one choice per detected name, in order; one referent per name."""
        names = Names.of(detected, here, self._words, self._traits, self._respellings)
        if not names.named:
            return [_NOTHING] * len(detected)
        said = Hints(self._words)
        said.gather(detected, names.name_of, here)
        weighed = LateBallot(lambda: self._ballot(names, said))
        trust: dict[int, float] = {}
        if len(names.named) >= FEWEST or any(len(name.places) > 1 for name in names.named):
            decided, best = self._decided(weighed().shares.tolist(), names.named)
            trust = self._ranking.trust(weighed(), best)
        else:
            # Nothing to weigh, unless somebody asks for the reasons: as in most single sentences.
            decided = [(name.places[0], 1.0) for name in names.named]
        choices = []
        for number, (name, (place, share)) in enumerate(zip(names.named, decided, strict=True)):
            ranks = range(min(MAX_CANDIDATES, len(name.places)))
            match = _MATCH.get(shape := names.shapes[number], Match.EXACT)
            candidates = Shortlist(weighed, number, ranks, self._gazetteer, match)
            confidence = min(1.0, calibrated(share, names.probable[number]))
            if shape == HEARD and not self._has_fellow(number, decided):
                choices.append(Choice(None, 0.0, candidates, _TOO_FAR))
            elif share < _DOUBTFUL:
                choices.append(Choice(None, confidence, candidates, _TOO_DOUBTFUL))
            else:
                choices.append(Choice(self._gazetteer.entry_at(place), confidence, candidates))
        for number, right in trust.items():
            choices[number] = _doubted(choices[number], right)
        return [choices[name] if name >= 0 else _NOTHING for name in names.name_of]

    def _has_fellow(self, number: int, decided: Sequence[tuple[int, float]]) -> bool:
        """Tell whether another name of the article is most likely a place of the same country."""
        countries = self._gazetteer.column("place_country")
        own = countries[decided[number][0]]
        others = (countries[place] for other, (place, _share) in enumerate(decided) if other != number)
        return any(country == own for country in others)

    def _ballot(self, names: Names, said: Hints) -> Ballot:
        return self._ranking.ballot(self._register.namesakes(names.named), said, names.counts)

    def _decided(
        self, shares: list[float], named: Sequence[Name]
    ) -> tuple[list[tuple[int, float]], list[int]]:
        """Return the best place of each name, the share of those in one spot with it; and its row."""
        decided = []
        rows = []
        start = 0
        for name in named:
            end = start + len(name.places)
            own = shares[start:end]
            share = max(own)
            best = own.index(share)  # of equals the first, which is the most prominent
            rows.append(start + best)
            start = end
            if share < _CERTAIN:
                share = sum(compress(own, self._register.spot(name, best)))
            decided.append((name.places[best], share))
        return decided, rows


@dataclass(frozen=True, slots=True)
class Names:
    """The distinct names of one article, as they first stand there; those of the same places are one."""

    named: list[Name]
    name_of: list[int]
    """For each name detected its number, -1 where it has no place."""
    times: list[int]
    """How often each stands in the article."""
    probable: list[float]
    """How likely each is a place at all, where that is likeliest."""
    shapes: list[str]
    """How each was found where it first stands."""

    @property
    def counts(self) -> Floats:
        """How often each stands in the article."""
        return np.array(self.times, dtype=np.float64)

    @classmethod
    def of(
        cls,
        detected: Sequence[Found],
        here: Surroundings,
        words: KindWords,
        traits: Traits,
        respellings: Respellings,
    ) -> Self:
        """Group the names of an article.

        One name means one place throughout, unless another area stands behind it: `Paris, Tennessee` is a
        name of its own where `Paris` or `Paris, Texas` was named before.
        """
        named: list[Name] = []
        name_of: list[int] = []
        times: list[int] = []
        probable: list[float] = []
        shapes: list[str] = []
        bare: dict[tuple[int, ...], int] = {}
        with_area: dict[tuple[tuple[int, ...], int], int] = {}
        for at, found in enumerate(detected, 1):
            places, shape = respellings.of(found)
            if not places:
                name_of.append(-1)
                continue
            area = -1
            if len(places) > 1 and at < len(detected):
                area = _area_behind(found, detected[at], here.text, words, traits)
            number = bare.get(places) if area < 0 else with_area.get((places, area))
            if number is None:
                number = len(named)
                named.append(Name(found.name, places))
                times.append(0)
                probable.append(0.0)
                shapes.append(shape)
                # `Paris, Texas` and then `Paris`: what is said once holds for the rest.
                bare.setdefault(places, number)
                if area >= 0:
                    with_area[places, area] = number
            name_of.append(number)
            times[number] += 1
            probable[number] = max(probable[number], found.probability)
        for (places, _area), number in with_area.items():
            if (other := bare[places]) != number:
                named[number] = named[number]._replace(bare=other)
        return cls(named, name_of, times, probable, shapes)


def homes_of(lexicon: Lexicon) -> dict[str, int]:
    """Return the countries of a language's readers: 1 where most live, 2 for others, 3 for those nearby."""
    listed = enumerate(("homes", "neighbours", "nearby"), 1)
    return {code.upper(): number for number, cue in listed for code in lexicon.cue("kinds", cue)}


def _doubted(choice: Choice, right: float) -> Choice:
    """Return a choice with what is known of lonely places like it."""
    confidence = min(choice.confidence, right)
    if choice.entry is None or right >= _DOUBTFUL:
        return choice._replace(confidence=confidence)
    return choice._replace(entry=None, confidence=confidence, reason=_TOO_FAR)


def calibrated(share: float, detection: float) -> float:
    """Return how often a place chosen with this share of the weight is right."""
    return share * (0.5 + 0.5 * detection)


def _area_behind(found: Found, behind: Found, text: str, words: KindWords, traits: Traits) -> int:
    """Return the place number of the area that stands behind a name, -1 where none does."""
    if (
        behind.start - found.end <= _LONGEST_GAP
        and behind.places
        and text[found.end : behind.start] in words.within
        and STATE <= traits.kind_of(behind.places[0]) < CONTINENT
    ):
        return behind.places[0]
    return -1


@lru_cache(maxsize=8)
def _of_language(gazetteer: Gazetteer, language: str) -> Disambiguator:
    return Disambiguator(gazetteer, Lexicon.of(language), RankingWeights.load())


_NOTHING: Final = Choice(None, 0.0, (), _UNKNOWN)
