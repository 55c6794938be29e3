"""Namesakes: all places that the names of one article may mean, in parallel arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, NamedTuple, Self

import numpy as np

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.places.index import Gazetteer
from gazetteer.reading.traits import QUARTER, STATE, UNIT, Floats, Integers, Traits

OWN_NAMES: Final = ("rank", "state of its town", "unit of its town")
"""The names of the columns of `Namesakes.own`."""
_SAME_SPOT: Final = float(np.cos(50.0 / EARTH_RADIUS_KM))
"""Cosine of the angle within which a town and the district of its name are one spot."""
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
    """Shape (8, n): place, country, region; the same with -1 for none; kind; `NameUse` bits. See `Traits`."""
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
    def country(self) -> Integers:
        """A number per country, 0 for none."""
        row: Integers = self.whole[1]
        return row

    @property
    def region(self) -> Integers:
        """A number per first-level unit, 0 for none."""
        row: Integers = self.whole[2]
        return row

    @property
    def homes(self) -> Integers:
        """Place, country and region; shape (3, n)."""
        rows: Integers = self.whole[:3]
        return rows

    @property
    def homes_sought(self) -> Integers:
        """The same, with -1 for no country or region: who has none finds no fellows among `homes`."""
        rows: Integers = self.whole[3:6]
        return rows

    @property
    def kind(self) -> Integers:
        """The number of the class of each place."""
        row: Integers = self.whole[6]
        return row

    @property
    def uses(self) -> Integers:
        """What the name is to the place, as `NameUse` bits."""
        row: Integers = self.whole[7]
        return row

    @classmethod
    def of(cls, named: Sequence[Name], gazetteer: Gazetteer, traits: Traits) -> Self:
        """Work out the rows of all names; each must have a place. Nothing is known of `static` here."""
        sizes, starts, names = _layout([len(name.places) for name in named])
        places = np.fromiter(chain.from_iterable(name.places for name in named), np.int64, len(names))
        uses = np.fromiter(
            chain.from_iterable(_uses(name, gazetteer) for name in named), np.int64, len(names)
        )
        kind = traits.kinds(places)
        country, region = traits.areas(places)
        radians = np.radians(gazetteer.column("place_latlon")[places])
        (lat_cos, lon_cos), (lat_sin, lon_sin) = np.cos(radians).T, np.sin(radians).T
        own = np.zeros((len(OWN_NAMES), len(names)))
        own[0] = np.log1p(np.arange(len(names)) - starts[names])
        for row in _of_their_towns(sizes, places, kind, country, region):
            own[1 if kind[row] == STATE else 2, row] = 1.0
        return cls(
            starts=starts,
            sizes=sizes,
            names=names,
            bare=np.array([name.bare for name in named]),
            whole=np.stack([places, country, region, places, *_or_none(country, region), kind, uses]),
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
        self._kept: dict[tuple[str, tuple[int, ...]], _Rows] = {}

    def namesakes(self, named: Sequence[Name]) -> Namesakes:
        """Gather the rows of the names of one article."""
        blocks = self._rows(named)
        sizes, starts, names = _layout([len(name.places) for name in named])
        real = np.concatenate([block.real for block in blocks], axis=1)
        return Namesakes(
            starts=starts,
            sizes=sizes,
            names=names,
            bare=np.array([name.bare for name in named]),
            whole=np.concatenate([block.whole for block in blocks], axis=1),
            unit=real[:3],
            own=real[3:6],
            static=real[6:],
        )

    def spot(self, name: Name, best: int) -> list[bool]:
        """Tell of each place of a name whether it is no error to take it for one of them.

        City, district and state of Hamburg lie in one spot; so does all of a state beside the state.
        """
        (rows,) = self._rows((name,))
        spot = rows.spots.get(best)
        if spot is None:
            spot = rows.spots[best] = rows.spot(best)
        return spot

    def _rows(self, named: Sequence[Name]) -> list[_Rows]:
        keys = [name[:2] for name in named]
        if not all(map(self._kept.__contains__, keys)):
            if len(self._kept) > _MAX_KEPT:
                self._kept.clear()
            self._work_out([name for name, key in zip(named, keys, strict=True) if key not in self._kept])
        return [self._kept[key] for key in keys]

    def _work_out(self, missing: Sequence[Name]) -> None:
        fresh = Namesakes.of(missing, self._gazetteer, self._traits)
        real = np.concatenate([fresh.unit, fresh.own, self._static(fresh)])
        for number, name in enumerate(missing):
            rows = fresh.rows(number)
            self._kept[name[:2]] = _Rows(fresh.whole[:, rows], real[:, rows], {})


class _Rows(NamedTuple):
    """The rows of one name."""

    whole: Integers
    real: Floats
    """What `Namesakes` has as `unit`, `own` and `static`."""
    spots: dict[int, list[bool]]
    """For the places asked for so far, which of the places lie in one spot with it."""

    def spot(self, best: int) -> list[bool]:
        _place, country, region, *_sought, kind, _use = self.whole
        unit = self.real[:3]
        same = (country == country[best]) & (unit[:, best] @ unit > _SAME_SPOT)
        if kind[best] == STATE and region[best] > 0:
            same |= region == region[best]
        same[best] = True
        spot: list[bool] = same.tolist()
        return spot


def _layout(counts: Sequence[int]) -> tuple[Integers, Integers, Integers]:
    """Return sizes and starts of the rows of each name, and the number of the name of each row."""
    sizes = np.array(counts)
    return sizes, np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)


def _of_their_towns(
    sizes: Integers, places: Integers, kind: Integers, country: Integers, region: Integers
) -> Iterator[int]:
    """Yield the rows of the states and units of their towns."""
    rows = enumerate(zip(places.tolist(), kind.tolist(), country.tolist(), region.tolist(), strict=True))
    for size in sizes.tolist():
        mates = list(islice(rows, size))
        if size == 1:
            continue
        towns = [(place, at, within) for _row, (place, sort, at, within) in mates if sort <= QUARTER]
        first = {at: place for place, at, _within in sorted(towns, reverse=True)}
        regions = {within for _place, _at, within in towns if within > 0}
        for row, (place, sort, at, within) in mates:
            # Places are numbered by prominence: `Washington` is the capital before it is the state.
            if (sort == STATE and first.get(at, place) < place) or (sort == UNIT and within in regions):
                yield row


def _or_none(*areas: Integers) -> Iterator[Integers]:
    for area in areas:
        yield np.where(area == 0, -1, area)


def _uses(name: Name, gazetteer: Gazetteer) -> Sequence[int]:
    number = gazetteer.name_number(name.name)
    if number < 0:
        return [0] * len(name.places)
    uses: list[int] = gazetteer.uses_of(number).tolist()
    places: list[int] = gazetteer.places_of(number).tolist()
    if tuple(places) == name.places:
        return uses
    # Fewer of them, or found by another spelling: `Moskauer` has the places of `Moskau`.
    by_place = dict(zip(places, uses, strict=True))
    return [by_place.get(place, 0) for place in name.places]
