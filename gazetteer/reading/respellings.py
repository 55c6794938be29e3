"""Respellings: places whose name is not in the gazetteer as the article writes it, but in other letters.

`St. Vigil` is listed as `Sankt Vigil`, and `Urgentsch` as `Urganch`. Asked of names only that were taken for
places already: for all other words, such keys are too coarse.
"""

from __future__ import annotations

from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.reading.candidates import UNKNOWN, Found
from gazetteer.reading.memory import Memory
from gazetteer.reading.wordforms import MAX_PLACES

HEARD: Final = "heard"
"""The shape of names that only sound like the gazetteer's: right where others of their country are named."""
_FEWEST_LETTERS: Final = 5
"""Letters below which a name sounds like too many others."""


class Respellings:
    """What names not in the gazetteer may be in other letters; kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer."""
        self._gazetteer = gazetteer
        self._known = Memory(self._respelled)

    def of(self, found: Found) -> tuple[tuple[int, ...], str]:
        """Return the places that a name may mean, its own where it is in the gazetteer, and its shape."""
        if found.places or found.form is not UNKNOWN:
            return found.places, found.shape
        return self._known[found.name]

    def _respelled(self, name: str) -> tuple[tuple[int, ...], str]:
        places, shape = self._gazetteer.folded_places(folded(name)), "folded"
        if not len(places) and len(name) >= _FEWEST_LETTERS:
            places, shape = self._gazetteer.sounding_places(name), HEARD
        return tuple(places[:MAX_PLACES].tolist()), shape
