"""Visits: at which of an article's places a traveller was, will be, or only should have been.

The evidence is what stands around a place's name and what the rules for words of travelling say of it; its
weights are learned (`languages/*/events.json`, made by `scripts/train_events.py`). A language without weights
keeps the rules alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from typing import Final, TypeAlias

from gazetteer.journeys.circumstances import Circumstances, Named
from gazetteer.journeys.indications import Piece, Sign, signs_in
from gazetteer.reading.tables import packaged, weights_in

_MAX_KEPT: Final = 200_000
"""Sums kept before all are forgotten; about 60 MB."""
ODDS: Final = ("event", "planned", "denied", "departure", "arrival")
"""What is weighed: that a traveller comes into it at all, against not; that it is planned, or denied, against
having happened; that it is a departure, or an arrival, against a stop on the way."""
Odds: TypeAlias = tuple[float, float, float, float, float]
"""Log odds in the order of `ODDS`."""
_OF_WORDS: Final = {"word": 2, "clause": 1}
"""Pieces that depend on a word, and where in them it stands."""
_TELLING: Final = 3
"""So many words are named as reasons."""
_NO_ODDS: Final = (0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Visit:
    """How likely a traveller was at a place; all in [0, 1]."""

    named: Named
    made: float
    """That somebody was there."""
    planned: float
    """That somebody is to be there."""
    denied: float
    """That it is said that nobody was, or will be."""
    departs: float
    """Given that somebody was there: that the journey, or a leg of it, began there."""
    arrives: float
    """Given the same: that it ended there."""
    telling: tuple[str, ...] = ()
    """The words beside the name that speak for it most, as spelled there."""

    @property
    def likelihood(self) -> float:
        """Return how likely the likelier of made and planned is, with its kind."""
        return max(self.made, self.planned) * max(self.departs, 1.0 - self.departs)


@dataclass(frozen=True, slots=True)
class VisitWeights:
    """What was learned of a language, with the sums worked out so far."""

    language: str
    of_sign: dict[Sign, Odds]
    told_from: float
    """Likelihood from which a place is told of as an event."""
    doubted_below: float
    """Likelihood below which what the rules say of a place is not told."""
    sums: dict[Piece, Odds] = field(default_factory=dict)

    def sum_of(self, piece: Piece) -> Odds:
        """Return the log odds that a piece adds, and keep them."""
        if len(self.sums) > _MAX_KEPT:
            self.sums.clear()
        rows = [self.of_sign[sign] for sign in signs_in(piece, self.language) if sign in self.of_sign]
        total: Odds = tuple(map(sum, zip(*rows, strict=True))) if rows else _NO_ODDS  # type: ignore[assignment]
        self.sums[piece] = total
        return total


@dataclass(frozen=True, slots=True)
class Told:
    """Why a place is told of that no word of travelling led to."""

    likelihood: float
    """In [0, 1]."""
    words: tuple[str, ...]
    """What speaks for it most."""


def visits_of(
    places: Sequence[Named], circumstances: Circumstances, weights: VisitWeights
) -> tuple[Visit, ...]:
    """Return how likely a traveller was at each of an article's places, in text order."""
    return tuple(_visit(named, circumstances.pieces_of(named), weights) for named in places)


def _visit(named: Named, pieces: Sequence[Piece], weights: VisitWeights) -> Visit:
    event = planned = denied = departure = arrival = 0.0
    words: dict[str, float] = {}
    for piece in pieces:
        known = weights.sums.get(piece)
        odds = weights.sum_of(piece) if known is None else known
        if piece[0] in _OF_WORDS:
            words[piece[_OF_WORDS[piece[0]]]] = words.get(piece[_OF_WORDS[piece[0]]], 0.0) + odds[0]
        event += odds[0]
        planned += odds[1]
        denied += odds[2]
        departure += odds[3]
        arrival += odds[4]
    some = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, event))))
    _, will, never = _shares(planned, denied)
    _, departs, arrives = _shares(departure, arrival)
    telling = sorted(
        (word for word, weight in words.items() if weight > 0 and word[0] != "<"), key=words.__getitem__
    )
    return Visit(
        named,
        some * (1.0 - will - never),
        some * will,
        some * never,
        departs,
        arrives,
        tuple(telling[: -_TELLING - 1 : -1]),
    )


def _shares(one: float, other: float) -> tuple[float, float, float]:
    """Return the shares of three, of which the first has the log odds 0."""
    most = max(0.0, one, other)
    parts = exp(-most), exp(one - most), exp(other - most)
    whole = sum(parts)
    return parts[0] / whole, parts[1] / whole, parts[2] / whole


@cache
def weights_of(language: str) -> VisitWeights | None:
    """Return the weights of a language; None where it has none.

    Raises:
        DataFileError: If the file is damaged.
    """
    with packaged(language, "events.json") as file:
        if not file.is_file():
            return None
        learned = json.loads(file.read_text(encoding="utf-8"))
        of_sign: dict[Sign, Odds] = {}
        for sign, row in learned["weights"].items():
            event, planned, denied, departure, arrival = (int(weight) / 100 for weight in row)
            of_sign[sign] = (event, planned, denied, departure, arrival)
        bounds = weights_in({name: learned[name] for name in ("told_from", "doubted_below")})
        return VisitWeights(language, of_sign, bounds["told_from"], bounds["doubted_below"])
