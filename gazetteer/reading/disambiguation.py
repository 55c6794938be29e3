"""Disambiguation: which of the places of a name is meant, by what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, zip_longest
from typing import Final, Self

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.places.entries import Candidate, GazetteerEntry, Match
from gazetteer.places.index import Gazetteer
from gazetteer.reading.ballots import Ballot
from gazetteer.reading.candidates import Found
from gazetteer.reading.hints import Hints, KindWords
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import Name, Namesakes, Register
from gazetteer.reading.ranking import Ranking, RankingWeights
from gazetteer.reading.shortlist import MAX_CANDIDATES, Shortlist
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.traits import CONTINENT, STATE, Floats, Integers, Traits
from gazetteer.wording import Wording

_DOUBTFUL: Final = 0.3
"""Share below which no place is chosen: of those one in four or fewer was right in cross-validation."""
_SAME_SPOT: Final = float(np.cos(50.0 / EARTH_RADIUS_KM))
"""Cosine of the angle within which a town and the district of its name are one spot."""
_LONGEST_GAP: Final = 6
_MATCH: Final = {"exact": Match.EXACT, "genitive": Match.INFLECTED, "folded": Match.FOLDED}
_UNKNOWN: Final = Wording(
    "nicht aufgelöst: der Name steht nicht im Ortsverzeichnis",
    "not resolved: the name is not in the gazetteer",
)
_TOO_DOUBTFUL: Final = Wording(
    "nicht aufgelöst: mehrere Orte heißen so, und nichts im Artikel entscheidet zwischen ihnen",
    "not resolved: several places have the name, and nothing in the article decides between them",
)


@dataclass(frozen=True, slots=True)
class Choice:
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
        self._register = Register(gazetteer, self._traits, self._ranking.static)

    @classmethod
    def of(cls, gazetteer: Gazetteer, language: str) -> Disambiguator:
        """Return the one of a language, kept."""
        return _of_language(gazetteer, language)

    def resolve(self, detected: Sequence[Found], here: Surroundings) -> list[Choice]:
        """Return one choice per detected name, in order; one referent per name."""
        names = Names.of(detected, here, self._words, self._traits)
        if not names.named:
            return [_NOTHING] * len(detected)
        said = Hints(self._words)
        said.gather(detected, names.name_of, here)
        probable = [0.0] * len(names.named)
        shapes = [""] * len(names.named)
        for found, name in zip(detected, names.name_of, strict=True):
            if name >= 0 and found.probability > probable[name]:
                probable[name] = found.probability
            if name >= 0 and not shapes[name]:
                shapes[name] = found.shape
        matches = [_MATCH.get(shape, Match.EXACT) for shape in shapes]

        @cache
        def ballot() -> Ballot:
            return self._ranking.ballot(self._register.namesakes(names.named), said, names.counts)

        if any(len(name.places) > 1 for name in names.named):
            choices = self._choices(ballot, probable, matches)
        else:
            # Nothing to weigh, unless somebody asks for the reasons: as in most single sentences.
            choices = [
                self._choice(name.places[0], 1.0, probable[i], self._shortlist(ballot, (i,), matches[i]))
                for i, name in enumerate(names.named)
            ]
        return [choices[name] if name >= 0 else _NOTHING for name in names.name_of]

    def _choices(
        self, weighed: Callable[[], Ballot], probable: Sequence[float], matches: Sequence[Match]
    ) -> list[Choice]:
        """Return one choice per name."""
        ballot = weighed()
        namesakes, shares = ballot.namesakes, ballot.shares
        order = np.lexsort((namesakes.places, -shares, namesakes.names))
        best = order[namesakes.starts]
        sums = np.add.reduceat(shares * _same_spot(namesakes, best), namesakes.starts).tolist()
        ends = (namesakes.starts + np.minimum(namesakes.sizes, MAX_CANDIDATES)).tolist()
        places = namesakes.places[best].tolist()
        ordered = order.tolist()
        return [
            self._choice(
                places[name],
                sums[name],
                probable[name],
                self._shortlist(weighed, ordered[start : ends[name]], matches[name]),
            )
            for name, start in enumerate(namesakes.starts.tolist())
        ]

    def _choice(self, place: int, share: float, probable: float, candidates: Shortlist) -> Choice:
        confidence = min(1.0, calibrated(share, probable))
        if share < _DOUBTFUL:
            return Choice(None, confidence, candidates, _TOO_DOUBTFUL)
        return Choice(self._gazetteer.entry_at(place), confidence, candidates)

    def _shortlist(self, ballot: Callable[[], Ballot], rows: Sequence[int], match: Match) -> Shortlist:
        return Shortlist(ballot, rows, self._gazetteer, match)


@dataclass(frozen=True, slots=True)
class Names:
    """The distinct names of one article, as they first stand there; those of the same places are one."""

    named: list[Name]
    name_of: list[int]
    """For each name detected its number, -1 where it has no place."""

    @property
    def counts(self) -> Floats:
        """How often each stands in the article."""
        numbers = [name for name in self.name_of if name >= 0]
        return np.bincount(numbers, minlength=len(self.named)).astype(np.float64)

    @classmethod
    def of(cls, detected: Sequence[Found], here: Surroundings, words: KindWords, traits: Traits) -> Self:
        """Group the names of an article.

        One name means one place throughout, unless another area stands behind it: `Paris, Tennessee` is a
        name of its own where `Paris` or `Paris, Texas` was named before.
        """
        numbers: dict[tuple[tuple[int, ...], int], int] = {}
        named: list[Name] = []
        name_of = []
        for found, behind in zip_longest(detected, islice(detected, 1, None)):
            places = found.places
            if not places:
                name_of.append(-1)
                continue
            area = -1
            if len(places) > 1 and behind is not None and behind.start - found.end <= _LONGEST_GAP:
                area = _area(behind, here.text[found.end : behind.start], words, traits)
            number = numbers.get((places, area))
            if number is None:
                number = numbers[places, area] = len(named)
                if area >= 0:
                    # `Paris, Texas` and then `Paris`: what is said once holds for the rest.
                    numbers.setdefault((places, -1), number)
                named.append(Name(found.name, places))
            name_of.append(number)
        for (places, area), number in numbers.items():
            if area >= 0:
                bare = numbers[places, -1]
                named[number] = named[number]._replace(bare=bare if bare != number else -1)
        return cls(named, name_of)


def homes_of(lexicon: Lexicon) -> dict[str, int]:
    """Return the countries of a language's readers: 1 where most live, 2 for others, 3 for those nearby."""
    listed = enumerate(("homes", "neighbours", "nearby"), 1)
    return {code.upper(): number for number, cue in listed for code in lexicon.cue("kinds", cue)}


def calibrated(share: float, detection: float) -> float:
    """Return how often a place chosen with this share of the weight is right."""
    return share * (0.5 + 0.5 * detection)


def _area(behind: Found, gap: str, words: KindWords, traits: Traits) -> int:
    """Return the place number of an area, where a name and a gap before make it a place's, else -1."""
    if behind.places and gap in words.within and STATE <= traits.kind_of(behind.places[0]) < CONTINENT:
        return behind.places[0]
    return -1


def _same_spot(namesakes: Namesakes, best: Integers) -> Floats:
    """Return 1 for the best row of each name and those that it is no error to take it for, else 0.

    City, district and state of Hamburg lie in one spot; so does all of a state beside the state.
    """
    chosen = best[namesakes.names]
    near = (namesakes.unit * namesakes.unit[:, chosen]).sum(axis=0) > _SAME_SPOT
    in_country = (namesakes.country == namesakes.country[chosen]) & near
    in_state = (
        (namesakes.kind[chosen] == STATE)
        & (namesakes.region == namesakes.region[chosen])
        & (namesakes.region > 0)
    )
    same: Floats = (in_country | in_state).astype(np.float64)
    same[best] = 1.0
    return same


@lru_cache(maxsize=8)
def _of_language(gazetteer: Gazetteer, language: str) -> Disambiguator:
    return Disambiguator(gazetteer, Lexicon.of(language), RankingWeights.load())


_NOTHING: Final = Choice(None, 0.0, (), _UNKNOWN)
