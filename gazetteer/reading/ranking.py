"""Ranking: how likely each place of each name is, by learned weights.

First every name is weighed alone: by the traits of its places, the words beside it, and how many of the
other names could lie near (see `agreement`). Then all together, twice: by the votes of the places round about
(see `votes`). The weights are those of a conditional logit,
learned by `scripts/train_resolution.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from gazetteer.places.index import Gazetteer
from gazetteer.reading import hints, votes
from gazetteer.reading.agreement import AGREEMENT_NAMES, agreement
from gazetteer.reading.ballots import Ballot
from gazetteer.reading.hints import Hints
from gazetteer.reading.namesakes import OWN_NAMES, Namesakes
from gazetteer.reading.solitude import LONELY_NAMES, Lonely
from gazetteer.reading.tables import packaged, weights_in
from gazetteer.reading.traits import USE_NAMES, Floats, Traits

ROUNDS: Final = 2
"""How often all names are weighed together, unless the first time settles them."""
_SETTLED: Final = 0.98
"""Share from which a name is not weighed again."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Learned weights by the name of the trait, hint or vote."""

    alone: Mapping[str, float]
    together: Mapping[str, float]
    lonely: Mapping[str, float]
    """What tells whether a place far from all others is right."""

    @classmethod
    def load(cls) -> Self:
        """Return the weights of the repository."""
        with packaged("resolution.json") as file:
            learned = json.loads(file.read_text(encoding="utf-8"))
            return cls(*(weights_in(learned[part]) for part in ("alone", "together", "lonely")))


class Ranking:
    """Weighs the places of the names of articles of one language."""

    def __init__(self, gazetteer: Gazetteer, traits: Traits, weights: RankingWeights) -> None:
        """Take the learned weights."""
        self._gazetteer = gazetteer
        self._traits = traits
        self._lonely = np.array([weights.lonely.get(name, 0.0) for name in LONELY_NAMES])
        self._steps = tuple(_Step.of(traits, step) for step in (weights.alone, weights.together))

    def static(self, namesakes: Namesakes) -> Floats:
        """Return the log odds that depend on names and places only, for both steps; shape (2, n)."""
        traits = self._traits.matrix(namesakes.places)
        return np.stack(
            [
                traits @ step.places + step.uses[namesakes.uses] + step.own @ namesakes.own
                for step in self._steps
            ]
        )

    def ballot(self, namesakes: Namesakes, said: Hints, counts: Floats) -> Ballot:
        """Return how likely each row is, among the rows of its name.

        Args:
            namesakes: The places of the names of one article.
            said: What stands beside the names.
            counts: How often each name stands in the article.
        """
        alone, together = self._steps
        hinted = said.columns(namesakes)
        by_itself, in_company = namesakes.static
        if len(namesakes.sizes) == 1:
            # An only name gets no votes.
            shares = namesakes.shares(in_company + hinted @ together.hints)
            return Ballot(namesakes, hinted, shares, shares, counts)
        agreed = agreement(namesakes)
        by_itself = by_itself + alone.agreement @ agreed
        in_company = in_company + together.agreement @ agreed
        shares = namesakes.shares(by_itself + hinted @ alone.hints)
        if said.pairs or said.mates:
            said.add_areas(hinted, namesakes, shares, self._gazetteer)
            said.add_mates(hinted, namesakes, shares)
            shares = namesakes.shares(by_itself + hinted @ alone.hints)
        if len(namesakes.names) == len(namesakes.sizes):
            return Ballot(namesakes, hinted, shares, shares, counts)  # one place each
        election = votes.Election(namesakes, counts)
        weights = together.votes[:, namesakes.kind]
        for _round in range(ROUNDS):
            before = shares
            if said.pairs or said.mates:
                said.add_areas(hinted, namesakes, shares, self._gazetteer)
                said.add_mates(hinted, namesakes, shares)
            log_odds = in_company + hinted @ together.hints
            log_odds += (election.counted(shares) * weights).sum(axis=0)
            shares = namesakes.shares(log_odds)
            if np.maximum.reduceat(shares, namesakes.starts).min() > _SETTLED:
                break
        return Ballot(namesakes, hinted, before, shares, counts)

    def trust(self, ballot: Ballot, best: Sequence[int]) -> dict[int, float]:
        """Return how likely each place far from all others is right, by the number of its name.

        Args:
            ballot: The places of all names, with their shares.
            best: The row of the best place of each name.
        """
        return Lonely(ballot, best, self._gazetteer).trust(self._lonely)


@dataclass(frozen=True, slots=True)
class _Step:
    """The weights of one step, as arrays."""

    places: Floats
    uses: Floats
    """By union of `NameUse` bits."""
    own: Floats
    agreement: Floats
    hints: Floats
    votes: Floats
    """By the class of the place voted for; shape (kinds, classes)."""

    @classmethod
    def of(cls, traits: Traits, weights: Mapping[str, float]) -> Self:
        def listed(names: Sequence[str]) -> Floats:
            return np.array([weights.get(name, 0.0) for name in names])

        return cls(
            places=listed(traits.names()),
            uses=traits.use_matrix() @ listed(USE_NAMES),
            own=listed(OWN_NAMES),
            agreement=listed(AGREEMENT_NAMES),
            hints=listed(hints.NAMES),
            votes=listed(votes.NAMES).reshape(-1, len(votes.KINDS))[votes.SCOPE_OF_CLASS].T,
        )
