"""Attribution: who was at a place, chosen among the figures of an article by learned weights.

A conditional logit over the figures and nobody; its weights are learned by `scripts/train_travellers.py` and
lie in the folders of the languages (`travellers.json`). Without them nobody is ever chosen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from gazetteer.journeys.clauses import SentenceClauses
from gazetteer.journeys.leanings import Asked, Leanings, Signs
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import Vocabulary
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.tables import packaged, weights_in

_MOST_FIGURES: Final = 10
"""Of an article's figures so many are weighed at each place; of 100 that travel 99 are among them."""

_MOST_SENTENCES: Final = 400
_MOST_PLACES: Final = 200
"""From the top of a text so much is weighed, as each place is held against all others and against every name;
what is longer is no article."""
_SURER: Final = 0.85
"""Share from which a figure is right more often than another one whom the rules take from elsewhere in the
text: 16 times, of which the other never was (scripts/train_travellers.py)."""


@dataclass(frozen=True, slots=True)
class AttributionWeights:
    """What was learned of a language."""

    alone: Mapping[str, float]
    """Log odds that a figure travels at all, by sign."""
    beside: Mapping[str, float]
    """Log odds that it was at a place."""
    together: Mapping[str, float]
    """The same where it is known who may have been at the other places."""
    threshold: float
    """Share from which the likeliest figure is believed."""

    def likely(self, leanings: Leanings) -> list[float]:
        """Return the log odds of each figure by itself."""
        return [_weighed(signs, self.alone) for signs in leanings.alone()]

    def ballots(self, leanings: Leanings, likely: Sequence[float], count: int) -> list[list[float]]:
        """Return for each asked place the share of each figure, and last of nobody."""
        found = []
        for number in range(count):
            signs = [*leanings.beside(number, likely), leanings.nobody(number, likely)]
            found.append(_shares([_weighed(of_one, self.beside) for of_one in signs]))
        return found

    def elected(self, leanings: Leanings, ballots: Sequence[Sequence[float]]) -> list[list[float]]:
        """Return the shares after each place has heard the others."""
        return [
            _shares([_weighed(of_one, self.together) for of_one in leanings.together(number, ballots)])
            for number in range(len(ballots))
        ]


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who was most likely at a place."""

    traveller: TravellerMention
    share: float
    """How likely, in [0, 1]."""

    beside: frozenset[str]
    """Names of all who are named in the clause of the place."""

    def overrules(self, name: str) -> bool:
        """Tell whether this is surer than that it was another one, whom the rules name."""
        return self.share >= _SURER and name != self.traveller.name and name not in self.beside


def travellers_at(
    reading: ArticleReading,
    cast: Cast,
    sentences: Sequence[SentenceClauses],
    vocabulary: Vocabulary,
    asked: Sequence[Asked],
) -> tuple[tuple[TravellerMention, ...], ...]:
    """Return who was at each of some places of an article; empty where nobody is likely enough."""
    found = attributed_at(reading, cast, sentences, vocabulary, asked)
    return tuple((one.traveller,) if one is not None else () for one in found)


def attributed_at(
    reading: ArticleReading,
    cast: Cast,
    sentences: Sequence[SentenceClauses],
    vocabulary: Vocabulary,
    asked: Sequence[Asked],
) -> tuple[Attributed | None, ...]:
    """Return who was at each of some places of an article; None where nobody is likely enough.

    Args:
        reading: The article.
        cast: Who is named in it.
        sentences: Its clauses.
        vocabulary: Of its language.
        asked: All places at which somebody was, in text order: who was at the one before is evidence.
    """
    weights = weights_of(vocabulary.language)
    if weights is None or not asked:
        return (None,) * len(asked)
    within = [place for place in asked[:_MOST_PLACES] if place.sentence < _MOST_SENTENCES]
    unheard = (None,) * (len(asked) - len(within))
    leanings = Leanings(reading, cast, sentences[:_MOST_SENTENCES], vocabulary, within)
    if not leanings.figures:
        return (None,) * len(asked)
    likely = shortlist(leanings, weights.likely(leanings))
    ballots = weights.elected(leanings, weights.ballots(leanings, likely, len(within)))
    found: list[Attributed | None] = []
    for number, shares in enumerate(ballots):
        best = max(range(len(shares)), key=shares.__getitem__)
        sure = best < len(leanings.figures) and shares[best] >= weights.threshold
        found.append(
            Attributed(leanings.figures[best].mention, shares[best], leanings.named_beside(number))
            if sure
            else None
        )
    return (*found, *unheard)


def shortlist(leanings: Leanings, likely: Sequence[float]) -> list[float]:
    """Keep the figures that are likely enough by themselves to be weighed, and return their log odds."""
    numbers = likeliest(likely)
    leanings.keep(numbers)
    return [likely[number] for number in numbers]


def likeliest(likely: Sequence[float]) -> list[int]:
    """Return the numbers of the figures to be kept, in their order."""
    return sorted(sorted(range(len(likely)), key=likely.__getitem__, reverse=True)[:_MOST_FIGURES])


def _shares(odds: Sequence[float]) -> list[float]:
    top = max(odds)
    raised = [math.exp(one - top) for one in odds]
    total = sum(raised)
    return [one / total for one in raised]


def _weighed(signs: Signs, weights: Mapping[str, float]) -> float:
    return sum([value * weights[name] for name, value in signs.items() if name in weights])


@cache
def weights_of(language: str) -> AttributionWeights | None:
    """Return the learned weights of a language, None where it has none.

    Raises:
        DataFileError: If the file is damaged.
    """
    with packaged(language, "travellers.json") as file:
        if not file.is_file():
            return None
        learned = json.loads(file.read_text(encoding="utf-8"))
        threshold = weights_in({"threshold": learned["threshold"]})["threshold"]
        parts = [weights_in(learned[part]) for part in ("alone", "beside", "together")]
        return AttributionWeights(parts[0], parts[1], parts[2], threshold)
