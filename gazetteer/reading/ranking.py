"""Ranking: how likely each place of each name is, by learned weights.

First every name is weighed alone: by the traits of its places and the words beside it. Then all together,
twice: by the votes of the places round about (see `votes`). The weights are those of a conditional logit,
learned by `scripts/train_resolution.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final, Self

import numpy as np

from gazetteer.places.index import Gazetteer
from gazetteer.reading import hints, votes
from gazetteer.reading.ballots import Ballot
from gazetteer.reading.hints import Hints
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import Floats, Traits

ROUNDS: Final = 2
"""How often all names are weighed together."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Learned weights by the name of the trait, hint or vote."""

    alone: Mapping[str, float]
    together: Mapping[str, float]

    @classmethod
    def load(cls) -> Self:
        """Return the weights of the repository."""
        file = resources.files("gazetteer.reading") / "languages" / "resolution.json"
        learned = json.loads(file.read_text(encoding="utf-8"))
        return cls(learned["alone"], learned["together"])


class Ranking:
    """Weighs the places of the names of articles of one language."""

    def __init__(self, gazetteer: Gazetteer, traits: Traits, weights: RankingWeights) -> None:
        """Work out what every place of the gazetteer brings along."""
        self._gazetteer = gazetteer
        self._steps = tuple(_Step.of(traits, step) for step in (weights.alone, weights.together))

    def ballot(self, namesakes: Namesakes, said: Hints, counts: Floats, first: int) -> Ballot:
        """Return how likely each row is, among the rows of its name.

        Args:
            namesakes: The places of the names of one article.
            said: What stands beside the names.
            counts: How often each name stands in the article.
            first: The number of the name that stands first.
        """
        alone, together = self._steps
        hinted = said.columns(namesakes)
        by_itself = alone.static(namesakes)
        shares = namesakes.shares(by_itself + hinted @ alone.hints)
        if said.pairs:
            said.add_areas(hinted, namesakes, shares, self._gazetteer)
            shares = namesakes.shares(by_itself + hinted @ alone.hints)
        open_rows = np.flatnonzero((namesakes.sizes > 1)[namesakes.names])
        if not len(open_rows):
            return Ballot(namesakes, hinted, shares, shares, counts, first)
        static = together.static(namesakes)
        before = shares
        for _round in range(ROUNDS):
            before = shares
            if said.pairs:
                said.add_areas(hinted, namesakes, shares, self._gazetteer)
            log_odds = static + hinted @ together.hints
            log_odds[open_rows] += votes.counted(namesakes, shares, counts, first, open_rows) @ together.votes
            shares = namesakes.shares(log_odds)
        return Ballot(namesakes, hinted, before, shares, counts, first)


@dataclass(frozen=True, slots=True)
class _Step:
    """The weights of one step, as arrays."""

    places: Floats
    """By place number."""
    uses: Floats
    """By union of `NameUse` bits."""
    own: Floats
    hints: Floats
    votes: Floats

    @classmethod
    def of(cls, traits: Traits, weights: Mapping[str, float]) -> Self:
        return cls(
            places=traits.scores(weights),
            uses=traits.use_matrix() @ np.array([weights.get(name, 0.0) for name in traits.use_names()]),
            own=np.array([weights.get(name, 0.0) for name in Namesakes.own_names()]),
            hints=np.array([weights.get(name, 0.0) for name in hints.NAMES]),
            votes=np.array([weights.get(name, 0.0) for name in votes.NAMES]),
        )

    def static(self, namesakes: Namesakes) -> Floats:
        """Return what each row brings along, whatever the article says."""
        return self.places[namesakes.places] + self.uses[namesakes.uses] + namesakes.own_columns() @ self.own
