"""Metonymy: whether a name stands for its place, for those who act in its name, or inside another name.

`Bath beat Sale` are teams, `Sacramento is no help` is a government, `the Washington County commissioners` are
a body. The signs are the words and marks on both sides, the kind of place, and how much there is of sport
round about; their weights are learned (`languages/*/metonymy.json`, made by `scripts/train_metonymy.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.candidates import Found
from gazetteer.reading.organisations import in_organisation
from gazetteer.reading.signs import GOVERNMENT_CODES, Piece, Sign, pieces_of, signs_in, sport_in
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tables import packaged, weights_in


class Standing(StrEnum):
    """What a name stands for."""

    PLACE = "place"
    ACTOR = "actor"
    """Its government or its team."""
    PART = "part"
    """Nothing by itself: it is part of a body's name."""


_RULED: Final = 1.5
"""Log odds that the rules for governments add for a seat or take away: the articles learned from have few."""
_MAX_KEPT: Final = 100_000
"""Sums kept before all are forgotten; about 30 MB."""


@dataclass(frozen=True, slots=True)
class StandingWeights:
    """What was learned of a language, with the sums worked out so far."""

    language: str
    of_sign: dict[Sign, tuple[float, float]]
    """Log odds of an actor and of a part, each against the place."""
    tells_parts: bool
    """Whether parts are told by weights; otherwise by the rules for organisations."""
    sums: dict[Piece, tuple[float, float]] = field(default_factory=dict)

    def sum_of(self, piece: Piece) -> tuple[float, float]:
        """Return the log odds that a piece adds, and keep them."""
        if len(self.sums) > _MAX_KEPT:
            self.sums.clear()
        actor = part = 0.0
        for sign in signs_in(piece, self.language):
            weight = self.of_sign.get(sign)
            if weight is not None:
                actor += weight[0]
                part += weight[1]
        self.sums[piece] = known = (actor, part)
        return known


class Metonymy:
    """What the names of one article stand for."""

    def __init__(self, here: Surroundings, weights: StandingWeights) -> None:
        """Take the article and the weights of its language."""
        self._here = here
        self._weights = weights
        self._sport: list[int] | None = None

    @classmethod
    def of(cls, here: Surroundings) -> Metonymy | None:
        """Return what is needed for an article; None where its language has no weights."""
        weights = weights_of(here.lexicon.language)
        return None if weights is None else cls(here, weights)

    def standing_of(self, found: Found, entry: GazetteerEntry | None, *, acts: bool) -> Standing:
        """Return what a name stands for; of a country only whether it is a part, where rules tell the rest.

        Args:
            found: The name.
            entry: The place it was resolved to.
            acts: Whether the rules for governments say that it acts.
        """
        within = in_organisation(found, self._here)
        if not self._weights.tells_parts:
            if within:
                return Standing.PART
            if entry is not None and entry.feature is Feature.COUNTRY:
                return Standing.PLACE
        sums = self._weights.sums
        actor = part = 0.0
        if entry is not None and entry.feature_code in GOVERNMENT_CODES:
            actor = _RULED if acts else -_RULED
        if self._sport is None:
            self._sport = sport_in(self._here)
        for piece in pieces_of(found, entry, self._here, self._sport, acts=acts, within=within):
            known = sums.get(piece)
            weight = self._weights.sum_of(piece) if known is None else known
            actor += weight[0]
            part += weight[1]
        if max(actor, part) <= 0.0:
            return Standing.PLACE
        return Standing.ACTOR if actor > part else Standing.PART


@cache
def weights_of(language: str) -> StandingWeights | None:
    """Return the weights of a language; None where it has none.

    Raises:
        DataFileError: If the file is damaged.
    """
    with packaged(language, "metonymy.json") as file:
        if not file.is_file():
            return None
        learned = json.loads(file.read_text(encoding="utf-8"))["weights"]
        actor = weights_in(learned[Standing.ACTOR])
        part = weights_in(learned.get(Standing.PART, {}))
        of_sign = {
            tuple(sign.split(" | ")): (actor.get(sign, 0.0), part.get(sign, 0.0))
            for sign in actor.keys() | part.keys()
        }
        return StandingWeights(language, of_sign, tells_parts=bool(part))
