"""Namesakes: all places that the names of one article may mean, in parallel arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from gazetteer.places.index import Gazetteer
from gazetteer.reading.traits import CAPITAL, STATE, UNIT, Floats, Integers, Traits


class Name(NamedTuple):
    """A name of an article."""

    name: str
    places: tuple[int, ...]
    """What it may mean, most prominent first."""
    bare: int = -1
    """Where its area stands behind it, the number of the same name without; else -1."""


_UNKNOWN_USES: Final = np.zeros(512, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """One row for each place that each name may mean; the rows of a name stand together."""

    starts: Integers
    """Where the rows of each name begin."""
    sizes: Integers
    """How many places each name may mean."""
    names: Integers
    """The number of the name, by row."""
    bare: Integers
    """The number of the same name without its area behind it, by row; -1 for most."""
    places: Integers
    uses: npt.NDArray[np.uint8]
    """What the name is to the place, as `NameUse` bits."""
    ranks: Floats
    """Logarithm of the place's rank among those of its name, from 0."""
    bears: npt.NDArray[np.bool_]
    """Whether it is a unit and a town in it has the same name, or a state and a greater town has it."""
    kind: npt.NDArray[np.uint8]
    country: Integers
    region: Integers
    unit: Floats
    """Shape (n, 3): the direction from the middle of the Earth."""

    @classmethod
    def of(cls, named: Sequence[Name], gazetteer: Gazetteer, traits: Traits) -> Namesakes:
        """Gather the rows of all names; each must have a place."""
        sizes = np.array([len(places) for _name, places, _bare in named])
        ends = np.cumsum(sizes)
        starts = ends - sizes
        places = np.array([place for _name, places, _bare in named for place in places])
        uses = np.concatenate([_uses(name, places, gazetteer) for name, places, _bare in named])
        names = np.repeat(np.arange(len(named)), sizes)
        radians = np.radians(gazetteer.column("place_latlon")[places])
        cosines, sines = np.cos(radians), np.sin(radians)
        unit = np.empty((len(places), 3))
        unit[:, 0] = cosines[:, 0] * cosines[:, 1]
        unit[:, 1] = cosines[:, 0] * sines[:, 1]
        unit[:, 2] = sines[:, 0]
        kind, region = traits.kind[places], traits.region[places]
        town = kind <= CAPITAL
        is_state, country = kind == STATE, traits.country[places]
        # They wrap around; two pairs that meet in one number are rarer than errors in the gazetteer.
        in_region, in_country = region * 1_000_003 + names, country * 1_000_003 + names
        bears = (kind == UNIT) & np.isin(in_region, in_region[town & (region > 0)])
        if is_state.any():
            # Places are numbered by prominence: `Washington` is the capital before it is the state.
            largest = np.flatnonzero(town)
            known, at = np.unique(in_country[largest], return_index=True)
            where = np.minimum(np.searchsorted(known, in_country[is_state]), len(known) - 1)
            bears[is_state] = (
                (known[where] == in_country[is_state]) & (places[largest[at[where]]] < places[is_state])
                if len(known)
                else False
            )
        return cls(
            starts=starts,
            sizes=sizes,
            names=names,
            bare=np.array([name.bare for name in named])[names],
            places=places,
            uses=uses,
            ranks=np.log1p(np.arange(len(places)) - starts[names]),
            bears=bears,
            kind=kind,
            country=country,
            region=region,
            unit=unit,
        )

    @staticmethod
    def own_names() -> tuple[str, ...]:
        """Return the names of the columns of `own_columns`."""
        return ("rank", "state of its town", "unit of its town")

    def own_columns(self) -> Floats:
        """Return what rows are to each other; shape (n, k)."""
        return np.stack(
            [self.ranks, self.bears & (self.kind == STATE), self.bears & (self.kind == UNIT)], axis=1
        )

    def shares(self, log_odds: Floats) -> Floats:
        """Return how likely each row is among the rows of its name; they sum to 1 for each."""
        tops = np.maximum.reduceat(log_odds, self.starts)
        weights = np.exp(log_odds - tops[self.names])
        totals = np.add.reduceat(weights, self.starts)
        return weights / totals[self.names]


def _uses(name: str, places: tuple[int, ...], gazetteer: Gazetteer) -> npt.NDArray[np.uint8]:
    number = gazetteer.name_number(name)
    if number < 0:
        return _UNKNOWN_USES[: len(places)]
    uses = gazetteer.uses_of(number)[: len(places)]
    listed = gazetteer.places_of(number)[: len(places)]
    if len(listed) == len(places) and listed[0] == places[0] and listed[-1] == places[-1]:
        return uses
    # Found by another spelling: `Moskauer` has the places of `Moskau`.
    by_place = dict(
        zip(gazetteer.places_of(number).tolist(), gazetteer.uses_of(number).tolist(), strict=True)
    )
    return np.array([by_place.get(place, 0) for place in places], dtype=np.uint8)
