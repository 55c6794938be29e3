"""Spellings: what spans are by their letters alone, one object for all that are alike; kept."""

from __future__ import annotations

from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import PART, Form, Found, Letters
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory

_LONGEST_CODE: Final = 4
"""Letters of an abbreviation."""
_MAX_KEPT: Final = 200_000
"""Spellings kept before all are forgotten."""
_GROUPS: Final = ("code", "unknown", "word", "name")
"""What a surface can be to the word list."""
_BULKS: Final = ("none", "small", "big")
"""How widely known the best place of a name can be."""
PLACINGS: Final = tuple(f"{group} {bulk}" for group in _GROUPS for bulk in _BULKS)
"""Both, in two words."""

_Key = tuple[str, Form, str, str, int, str]


class Spellings:
    """The letters of the spans of one language."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take the gazetteer and the language's tables."""
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._kept: dict[_Key, Letters] = {}
        self._placings = {placing: placing for placing in PLACINGS}
        self.group: Final = Memory(self._group).__getitem__
        """What a surface is to the word list: a word for it."""
        self._bulk: dict[int, str] = {}

    def of(self, found: Found, text: str) -> Letters:
        """Return the letters of a candidate."""
        if found.letters is None:
            rest = text[found.end : found.container_end] if found.form is PART else ""
            surface = text[found.start : found.end]
            found.letters = self.letters(
                surface, found.form, found.shape, found.name, found.places, rest=rest
            )
        return found.letters

    def letters(
        self, surface: str, form: Form, shape: str, name: str, places: tuple[int, ...], *, rest: str = ""
    ) -> Letters:
        """Return the one object for all candidates that are alike.

        Args:
            surface: As in the text.
            form: What makes it a candidate.
            shape: How it was found.
            name: The gazetteer's spelling, or the surface.
            places: Those it may mean, best first.
            rest: What a compound adds to the part that is a place.
        """
        best = places[0] if places else -1
        key = surface, form, shape, name, best, rest
        known = self._kept.get(key)
        if known is None:
            placing = self._placings[f"{self.group(surface)} {self.bulk(best)}"]
            known = Letters(surface, form, shape, name, best, rest, placing)
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            self._kept[key] = known
        return known

    def _group(self, surface: str) -> str:
        if len(surface) <= _LONGEST_CODE and surface.isupper():
            return "code"  # `US` is not the word `us`
        lower = surface.lower()
        known = self._lexicon.frequency(lower)
        return "unknown" if not known else "word" if self._lexicon.name_share(lower) < 4 else "name"

    def bulk(self, best: int) -> str:
        """Tell whether the best of a name's places, -1 for none, is widely known."""
        if best < 0:
            return "none"
        bulk = self._bulk.get(best)
        if bulk is None:
            bulk = self._bulk[best] = "big" if self._gazetteer.prominence_at(best) > 0.5 else "small"
        return bulk
