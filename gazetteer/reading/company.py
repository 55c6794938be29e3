"""Company: which candidates have a namesake in the region that an article is about.

In local news `Bend`, `Commerce` and `Turner` are towns, because the other names lie round about. Sure
names vote for regions and neighbourhoods; a doubtful name gains where one of its places lies in them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form, Found
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
Region = tuple[str, str]


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
        self._gazetteer = gazetteer
        self._of_places: dict[tuple[int, ...], Lie] = {}

    def of(self, places: tuple[int, ...]) -> Lie:
        """Return the cells and regions of towns, counties and the like among some places."""
        known = self._of_places.get(places)
        if known is None:
            cells, regions = set(), set()
            for place in places[:_PLACES_ASKED]:
                entry = self._gazetteer.entry_at(place)
                if entry.feature is Feature.COUNTRY or entry.feature_code == "ADM1":
                    continue
                cells.add(
                    math.floor(entry.position.lat * _CELLS_PER_DEGREE) * _COLUMNS
                    + math.floor(entry.position.lon * _CELLS_PER_DEGREE)
                )
                if entry.country and entry.admin1:
                    regions.add((entry.country, entry.admin1))
            if len(self._of_places) > _MAX_KEPT:
                self._of_places.clear()
            around = tuple(cell + step for cell in cells for step in _AROUND)
            known = self._of_places[places] = Lie(frozenset(cells), around, frozenset(regions))
        return known

    def region_named(self, places: tuple[int, ...]) -> Region | None:
        """Return the state or province that a name means first, None where it means something else."""
        entry = self._gazetteer.entry_at(places[0])
        if entry.feature_code == "ADM1" and entry.country and entry.admin1:
            return entry.country, entry.admin1
        return None


class Company:
    """The neighbourhoods and regions that the sure names of one article share, and its lists of names."""

    def __init__(self, scored: Sequence[tuple[float, Found]], maps: Maps, here: Surroundings) -> None:
        """Let the sure names vote."""
        self._maps = maps
        self.lists: Final = Enumerations(scored, here)
        self._votes: dict[Cell, float] = {}
        votes = self._votes
        self._regions: set[Region] = set()
        self._of_voter: dict[tuple[int, ...], float] = {}
        self._known: dict[tuple[int, ...], tuple[int, bool]] = {}
        voters = Counter(
            [found.places for odds, found in scored if odds > SURE and found.places and found.form in _VOTING]
        )
        for places, _count in voters.most_common(_MAX_VOTERS):
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
        if found.form is not Form.NAME or not (self._votes or self._regions):
            return _ALONE
        known = self._known.get(found.places)
        if known is None:
            known = self._known[found.places] = self._of(found.places)
        return known

    def _of(self, places: tuple[int, ...]) -> tuple[int, bool]:
        if not places:
            return _ALONE
        lie = self._maps.of(places)
        own = self._of_voter.get(places, 0.0)
        votes = max((self._votes.get(cell, 0.0) for cell in lie.cells), default=0.0) - own
        return sum(votes >= step for step in _STEPS), not lie.regions.isdisjoint(self._regions)


_ALONE: Final = (0, False)
_VOTING: Final = frozenset({Form.NAME, Form.PART})
