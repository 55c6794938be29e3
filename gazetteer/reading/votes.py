"""Votes: what the places of an article say for each other.

Each place a name may mean votes with the share it has so far: for the places near it, for those of its
region and of its country. Sure names so help the doubtful, and doubtful ones that agree help each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import CLASSES, COUNTRY, STATE, Floats, Integers

_CIRCLES_KM: Final = (30.0, 100.0, 300.0, 1000.0)
_COSINES: Final = np.cos(np.array(_CIRCLES_KM) / EARTH_RADIUS_KM)[:, None, None]
_RELATIONS: Final = (
    *(f"within {km:.0f} km" for km in _CIRCLES_KM),
    "anywhere",
    "same place",
    "same country",
    "same region",
)
"""How a voter may lie to the place voted for."""
_CIRCLES: Final = slice(len(_CIRCLES_KM))
_ANYWHERE: Final = _RELATIONS.index("anywhere")
_HOMES: Final = slice(_ANYWHERE + 1, None)
"""The relations for each of `Namesakes.homes`."""
_BODIES: Final = ("spots", "countries", "towns", "states", "opening", "all")
"""Who votes: all but countries; countries, each as often as it is named; all but countries and states;
states; the spots of the first name; all."""
_SPOTS, _COUNTRIES, _OPENING = (_BODIES.index(body) for body in ("spots", "countries", "opening"))
_VOTES: Final = {
    **{f"within {km:.0f} km": (f"within {km:.0f} km", "spots") for km in _CIRCLES_KM},
    "share within 300 km": ("within 300 km", "spots"),
    "same place": ("same place", "all"),
    "in country": ("same country", "spots"),
    "share in country": ("same country", "spots"),
    "in region": ("same region", "towns"),
    "country named": ("same country", "countries"),
    "region named": ("same region", "states"),
    "near first": ("within 100 km", "opening"),
    "region of first": ("same region", "opening"),
    "country of first": ("same country", "opening"),
}
"""For each kind of vote, how the voters lie and who they are. A share is that of all spots anywhere."""
KINDS: Final = tuple(_VOTES)
_RELATION_OF_KIND: Final = np.array([_RELATIONS.index(relation) for relation, _ in _VOTES.values()])
_BODY_OF_KIND: Final = np.array([_BODIES.index(body) for _, body in _VOTES.values()])
_SHARES: Final = np.array([number for number, name in enumerate(KINDS) if name.startswith("share")])
_SCOPES: Final = ("spot", "state", "country")
NAMES: Final = tuple(f"{vote}, {scope}" for scope in _SCOPES for vote in KINDS)
"""The names of the columns of `spread`."""
SCOPE_OF_CLASS: Final = np.array([{COUNTRY: 2, STATE: 1}.get(kind, 0) for kind in range(len(CLASSES))])
"""By which of the three scopes a place of each class weighs the votes it gets."""
_VOTE_OF_CLASS: Final = np.array(
    [
        (kind != COUNTRY, kind == COUNTRY, kind not in {COUNTRY, STATE}, kind == STATE, kind != COUNTRY, True)
        for kind in range(len(CLASSES))
    ],
    dtype=np.float64,
).T
"""Whether a place of each class belongs to each of the bodies; shape (bodies, classes)."""
_MAX_VOTERS: Final = 256
"""Rows whose votes are counted, so that long texts cost no more than their length."""
_MIN_SHARE: Final = 0.02
_ROWS_AT_ONCE: Final = 1024


class Election:
    """The votes of one article, counted anew whenever the shares change."""

    def __init__(self, namesakes: Namesakes, counts: Floats) -> None:
        """Take who stands for election, and how often each name stands in the article.

        Names are numbered as they first stand there.
        """
        self._namesakes = namesakes
        self._counts = counts
        self._voters: _Voters | None = None
        self._relations: Floats | None = None

    def counted(self, shares: Floats) -> Floats:
        """Return the logarithm of 1 and the votes that each row gets from other names; shape (kinds, rows).

        Args:
            shares: What share each row has so far.
        """
        rows = len(shares)
        heard = shares >= _MIN_SHARE
        if self._voters is None or (heard > self._voters.heard).any():
            self._voters = _Voters.of(self._namesakes, shares, self._counts, heard)
            self._relations = None
        weights = self._voters.weights(np.where(heard, shares, 0.0))
        if rows > _ROWS_AT_ONCE:
            starts = range(0, rows, _ROWS_AT_ONCE)
            parts = (self._voters.relations_to(slice(at, at + _ROWS_AT_ONCE)) for at in starts)
            return np.concatenate([_summed(relations, weights) for relations in parts], axis=1)
        if self._relations is None:
            # Who lies how to whom is worked out once: those who drop out later vote with nothing.
            self._relations = self._voters.relations_to(slice(rows))
        return _summed(self._relations, weights)


def spread(counted: Floats, kind: Integers) -> Floats:
    """Return one row per place with a column for each of `NAMES`, to learn from.

    Args:
        counted: What an `Election` counted.
        kind: The number of the class of each place.
    """
    spread = np.zeros((len(kind), len(_SCOPES), len(KINDS)))
    spread[np.arange(len(kind)), SCOPE_OF_CLASS[kind]] = counted.T
    return spread.reshape(len(kind), -1)


@dataclass(frozen=True, slots=True)
class _Voters:
    """Those who vote."""

    namesakes: Namesakes
    heard: npt.NDArray[np.bool_]
    """Which rows vote."""
    rows: Integers
    """Their numbers."""
    among: Floats
    """How much of the share of each counts in each body; shape (bodies, voters)."""

    @classmethod
    def of(cls, namesakes: Namesakes, shares: Floats, counts: Floats, heard: npt.NDArray[np.bool_]) -> Self:
        rows = np.flatnonzero(heard)
        if len(rows) > _MAX_VOTERS:
            strength = shares[rows] * (1.0 + counts[namesakes.names[rows]])
            rows = np.sort(rows[np.argpartition(-strength, _MAX_VOTERS)[:_MAX_VOTERS]])
            heard = np.zeros(len(heard), dtype=np.bool_)
            heard[rows] = True
        among = _VOTE_OF_CLASS[:, namesakes.kind[rows]]
        names = namesakes.names[rows]
        among[_COUNTRIES] *= counts[names]
        among[_OPENING] *= names == 0
        return cls(namesakes, heard, rows, among)

    def weights(self, shares: Floats) -> Floats:
        """Return what each vote is worth; shape (voters, bodies)."""
        weights: Floats = (self.among * shares[self.rows]).T
        return weights

    def relations_to(self, rows: slice) -> Floats:
        """Return 1 where a voter lies so to one of some rows, else 0; shape (relations, rows, voters)."""
        namesakes, voters = self.namesakes, self.rows
        names, of_voters = namesakes.names[rows, None], namesakes.names[voters]
        others = names != of_voters
        if namesakes.bare.max(initial=-1) >= 0:
            # `Paris, Tennessee` is told from the other Paris of the article, and tells it nothing of itself.
            others &= namesakes.bare[names] != of_voters
        # As truth values first: a comparison that writes numbers takes twice as long.
        relations = np.empty((len(_RELATIONS), *others.shape), dtype=np.bool_)
        np.greater(namesakes.unit[:, rows].T @ namesakes.unit[:, voters], _COSINES, out=relations[_CIRCLES])
        relations[_ANYWHERE] = True
        homes = namesakes.homes[:, voters]
        np.equal(namesakes.homes_sought[:, rows, None], homes[:, None], out=relations[_HOMES])
        relations &= others
        return relations.astype(np.float64)


def _summed(relations: Floats, weights: Floats) -> Floats:
    """Return the votes of each kind, as logarithm of their number and 1; shape (kinds, rows)."""
    shape = *relations.shape[:2], weights.shape[1]
    # Told in full, as of no voters at all there is nothing to reckon it from.
    flat = relations.reshape(shape[0] * shape[1], len(weights))
    sums = (flat @ weights).reshape(shape)
    votes = sums[_RELATION_OF_KIND, :, _BODY_OF_KIND]
    votes[_SHARES] /= sums[_ANYWHERE, :, _SPOTS] + 0.5
    counted: Floats = np.log1p(votes, out=votes)
    return counted
