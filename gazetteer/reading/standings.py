"""Standings: how firmly a name belongs to a place: its own name, a code, one of former times."""

from __future__ import annotations

from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse

_MAX_KEPT: Final = 200_000
"""Answers kept before all are forgotten."""


class Standings:
    """The standings of names for readers of one language."""

    def __init__(self, gazetteer: Gazetteer, own: int) -> None:
        """Take the gazetteer, and the uses that are names of the language."""
        self._gazetteer = gazetteer
        self._words = (
            (int(NameUse.CODE), "code"),
            (int(own | NameUse.CURATED), "firm"),
            (int(NameUse.MAIN), "main"),
            (int(NameUse.HISTORIC), "historic"),
        )
        self._kept: dict[tuple[str, int], str] = {}

    def of(self, name: str, place: int) -> str:
        """Return how firmly a name belongs to a place: in one word, best first in this order."""
        standing = self._kept.get((name, place))
        if standing is None:
            uses = self._uses(name, place)
            standing = next((word for flag, word in self._words if uses & flag), "other")
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            self._kept[name, place] = standing
        return standing

    def _uses(self, name: str, place: int) -> int:
        """Return what a name is to a place; nothing where the name was found by another spelling."""
        number = self._gazetteer.name_number(name)
        if number < 0:
            return 0
        bits = self._gazetteer.uses_of(number)[self._gazetteer.places_of(number) == place]
        return int(bits[0]) if len(bits) else 0
