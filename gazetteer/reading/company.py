"""Company: which candidates have a namesake in the region that an article is about.

In local news `Bend`, `Commerce` and `Turner` are towns, because the other names lie round about. Sure
names vote for regions and neighbourhoods; a doubtful name gains where one of its places lies in them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Final, NamedTuple

from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import NAME, PART, Found
from gazetteer.reading.enumerations import Enumerations
from gazetteer.reading.surroundings import Surroundings

SURE: Final = 1.5
"""Log odds from which a name votes."""
_PLACES_ASKED: Final = 12
_MAX_VOTERS: Final = 60
_CELLS_PER_DEGREE: Final = 2.0
_STEPS: Final = (0.3, 0.8, 1.6)
"""Votes from which a neighbourhood counts as company of the first, second and third degree."""
_MAX_KEPT: Final = 100_000

_COLUMNS: Final = 1_000
"""More cells than lie on a parallel, so that a cell is one number: row times this, plus column."""
_AROUND: Final = tuple(y * _COLUMNS + x for y in (-1, 0, 1) for x in (-1, 0, 1))

Cell = int
Region = tuple[int, int]
"""The gazetteer's numbers of a country and of its first-level unit."""


class Lie(NamedTuple):
    """Where some places lie."""

    cells: frozenset[Cell]
    around: tuple[Cell, ...]
    """Each cell and its eight neighbours, as often as they are that."""
    regions: frozenset[Region]


class Maps:
    """Where the places of a name lie, in cells of half a degree and in regions; kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer."""
        # Columns rather than entries, which are made of three times as many, with their names.
        self._latlon = gazetteer.column("place_latlon")
        self._feature = gazetteer.column("place_feature")
        self._code = gazetteer.column("place_feature_code")
        self._country = gazetteer.column("place_country")
        self._admin1 = gazetteer.column("place_admin1")
        self._country_feature = gazetteer.features().index(Feature.COUNTRY)
        self._is_first_level: Final = cache(lambda code: gazetteer.text_at(code) == "ADM1")
        self._of_places: dict[tuple[int, ...], Lie] = {}

    def of(self, places: tuple[int, ...]) -> Lie:
        """Return the cells and regions of towns, counties and the like among some places."""
        known = self._of_places.get(places)
        if known is None:
            cells, regions = set(), set()
            for place in places[:_PLACES_ASKED]:
                if self._feature[place] == self._country_feature or self._is_state(place):
                    continue
                lat, lon = self._latlon[place].tolist()
                row, column = math.floor(lat * _CELLS_PER_DEGREE), math.floor(lon * _CELLS_PER_DEGREE)
                cells.add(row * _COLUMNS + column)
                if (region := self._region(place)) is not None:
                    regions.add(region)
            if len(self._of_places) > _MAX_KEPT:
                self._of_places.clear()
            around = tuple(cell + step for cell in cells for step in _AROUND)
            known = self._of_places[places] = Lie(frozenset(cells), around, frozenset(regions))
        return known

    def region_named(self, places: tuple[int, ...]) -> Region | None:
        """Return the state or province that a name means first, None where it means something else."""
        return self._region(places[0]) if self._is_state(places[0]) else None

    def _is_state(self, place: int) -> bool:
        return self._is_first_level(int(self._code[place]))

    def _region(self, place: int) -> Region | None:
        country, admin1 = int(self._country[place]), int(self._admin1[place])
        return (country, admin1) if country and admin1 else None


class Company:
    """The neighbourhoods and regions that the sure names of one article share, and its lists of names."""

    def __init__(
        self, candidates: Sequence[Found], odds: Sequence[float], maps: Maps, here: Surroundings
    ) -> None:
        """Let the sure names vote."""
        self._maps = maps
        self.lists: Final = Enumerations(candidates, odds, here)
        self._votes: dict[Cell, float] = {}
        votes = self._votes
        self._regions: set[Region] = set()
        self._of_voter: dict[tuple[int, ...], float] = {}
        self._known: dict[tuple[int, ...], tuple[int, bool]] = {}
        voters: dict[tuple[int, ...], int] = {}
        for found, own in zip(candidates, odds, strict=True):
            if own > SURE and found.places and found.form in _VOTING:
                voters[found.places] = voters.get(found.places, 0) + 1
        for places in sorted(voters, key=voters.__getitem__, reverse=True)[:_MAX_VOTERS]:
            if (region := maps.region_named(places)) is not None:
                self._regions.add(region)
                continue
            lie = maps.of(places)
            if not lie.cells:
                continue
            self._of_voter[places] = vote = 1.0 / math.sqrt(len(lie.cells))
            for cell in lie.around:
                votes[cell] = votes.get(cell, 0.0) + vote

    def of(self, found: Found) -> tuple[int, bool]:
        """Return to what degree a candidate's neighbourhood is named, 0 to 3, and whether its region is."""
        if found.form is not NAME or not (self._votes or self._regions):
            return _ALONE
        known = self._known.get(found.places)
        if known is None:
            known = self._known[found.places] = self._of(found.places)
        return known

    def _of(self, places: tuple[int, ...]) -> tuple[int, bool]:
        if not places:
            return _ALONE
        lie = self._maps.of(places)
        votes = max(map(self._votes.get, lie.cells, _NO_VOTES), default=0.0)
        votes -= self._of_voter.get(places, 0.0)
        return bisect_right(_STEPS, votes), not lie.regions.isdisjoint(self._regions)


_ALONE: Final = (0, False)
_NO_VOTES: Final = repeat(0.0)
_VOTING: Final = frozenset({NAME, PART})
