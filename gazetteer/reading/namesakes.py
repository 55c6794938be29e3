"""Namesakes: all places that the names of one article may mean, in parallel arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, Self

import numpy as np

from gazetteer.places.index import Gazetteer
from gazetteer.reading.traits import QUARTER, STATE, UNIT, Floats, Integers, Traits

OWN_NAMES: Final = ("rank", "state of its town", "unit of its town")
"""The names of the columns of `Namesakes.own`."""
_MAX_KEPT: Final = 100_000
"""Names whose rows are kept before all are forgotten; about 100 MB."""


class Name(NamedTuple):
    """A name of an article."""

    name: str
    places: tuple[int, ...]
    """What it may mean, most prominent first."""
    bare: int = -1
    """Where its area stands behind it, the number of the same name without; else -1."""


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
    """The number of the same name without its area behind it, by name; -1 for most."""
    whole: Integers
    """Shape (5, n): place, `NameUse` bits, kind, country, region; see `Traits` for the last three."""
    unit: Floats
    """Shape (3, n): the direction from the middle of the Earth."""
    own: Floats
    """Shape (3, n): what the rows of a name are to each other; see `OWN_NAMES`.

    The rank is the logarithm of the place's rank among those of its name, from 0. A state of its town is one
    with a more prominent town of the name in its country (`Washington`), a unit of its town has such a town
    in its region.
    """
    static: Floats
    """Shape (2, n): the log odds of each row whatever the article says, alone and together."""

    @property
    def places(self) -> Integers:
        """Place numbers."""
        row: Integers = self.whole[0]
        return row

    @property
    def uses(self) -> Integers:
        """What the name is to the place, as `NameUse` bits."""
        row: Integers = self.whole[1]
        return row

    @property
    def kind(self) -> Integers:
        """The number of the class of each place."""
        row: Integers = self.whole[2]
        return row

    @property
    def country(self) -> Integers:
        """A number per country, 0 for none."""
        row: Integers = self.whole[3]
        return row

    @property
    def region(self) -> Integers:
        """A number per first-level unit, 0 for none."""
        row: Integers = self.whole[4]
        return row

    @classmethod
    def of(cls, named: Sequence[Name], gazetteer: Gazetteer, traits: Traits) -> Self:
        """Work out the rows of all names; each must have a place. Nothing is known of `static` here."""
        sizes, starts, names = _layout([len(name.places) for name in named])
        places = np.fromiter(chain.from_iterable(name.places for name in named), np.int64, len(names))
        uses = np.concatenate([_uses(name, gazetteer) for name in named])
        kind = traits.kinds(places)
        country, region = traits.areas(places)
        radians = np.radians(gazetteer.column("place_latlon")[places])
        (lat_cos, lon_cos), (lat_sin, lon_sin) = np.cos(radians).T, np.sin(radians).T
        own = np.zeros((len(OWN_NAMES), len(names)))
        own[0] = np.log1p(np.arange(len(names)) - starts[names])
        for row in np.flatnonzero((kind == STATE) | (kind == UNIT)).tolist():
            mates = slice(starts[names[row]], starts[names[row]] + sizes[names[row]])
            town = kind[mates] <= QUARTER
            if kind[row] == STATE:
                # Places are numbered by prominence: `Washington` is the capital before it is the state.
                own[1, row] = (town & (country[mates] == country[row]) & (places[mates] < places[row])).any()
            else:
                own[2, row] = (town & (region[mates] == region[row]) & (region[mates] > 0)).any()
        return cls(
            starts=starts,
            sizes=sizes,
            names=names,
            bare=np.array([name.bare for name in named]),
            whole=np.stack([places, uses, kind, country, region]),
            unit=np.stack([lat_cos * lon_cos, lat_cos * lon_sin, lat_sin]),
            own=own,
            static=np.zeros((2, len(names))),
        )

    def rows(self, name: int) -> slice:
        """Return the rows of a name."""
        start = int(self.starts[name])
        return slice(start, start + int(self.sizes[name]))

    def shares(self, log_odds: Floats) -> Floats:
        """Return how likely each row is among the rows of its name; they sum to 1 for each."""
        tops = np.maximum.reduceat(log_odds, self.starts)
        weights = np.exp(log_odds - tops[self.names])
        totals = np.add.reduceat(weights, self.starts)
        shares: Floats = weights / totals[self.names]
        return shares


class Register:
    """Keeps the rows of names, as names come back in every other article."""

    def __init__(self, gazetteer: Gazetteer, traits: Traits, static: Callable[[Namesakes], Floats]) -> None:
        """Take how to work out the log odds that depend on the name and its places only."""
        self._gazetteer = gazetteer
        self._traits = traits
        self._static = static
        self._kept: dict[tuple[str, tuple[int, ...]], tuple[Integers, Floats]] = {}

    def namesakes(self, named: Sequence[Name]) -> Namesakes:
        """Gather the rows of the names of one article."""
        if len(self._kept) > _MAX_KEPT:
            self._kept.clear()
        missing = [name for name in named if name[:2] not in self._kept]
        if missing:
            self._work_out(missing)
        blocks = [self._kept[name[:2]] for name in named]
        sizes, starts, names = _layout([len(name.places) for name in named])
        real = np.concatenate([block[1] for block in blocks], axis=1)
        return Namesakes(
            starts=starts,
            sizes=sizes,
            names=names,
            bare=np.array([name.bare for name in named]),
            whole=np.concatenate([block[0] for block in blocks], axis=1),
            unit=real[:3],
            own=real[3:6],
            static=real[6:],
        )

    def _work_out(self, missing: Sequence[Name]) -> None:
        fresh = Namesakes.of(missing, self._gazetteer, self._traits)
        real = np.concatenate([fresh.unit, fresh.own, self._static(fresh)])
        for number, name in enumerate(missing):
            rows = fresh.rows(number)
            self._kept[name[:2]] = fresh.whole[:, rows], real[:, rows]


def _layout(counts: Sequence[int]) -> tuple[Integers, Integers, Integers]:
    """Return sizes and starts of the rows of each name, and the number of the name of each row."""
    sizes = np.array(counts)
    return sizes, np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)


def _uses(name: Name, gazetteer: Gazetteer) -> Integers:
    count = len(name.places)
    number = gazetteer.name_number(name.name)
    if number < 0:
        return np.zeros(count, dtype=np.int64)
    uses, places = gazetteer.uses_of(number), gazetteer.places_of(number)
    if len(places) >= count and places[0] == name.places[0] and places[count - 1] == name.places[-1]:
        return uses[:count].astype(np.int64)
    # Found by another spelling: `Moskauer` has the places of `Moskau`.
    by_place = dict(zip(places.tolist(), uses.tolist(), strict=True))
    return np.array([by_place.get(place, 0) for place in name.places], dtype=np.int64)
