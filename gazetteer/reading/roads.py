"""Roads: a number and what stands before it, such as `A 7`, `Bundesstraße 216`, `U.S. 98`."""

from __future__ import annotations

from typing import Final

from gazetteer.reading.candidates import UNKNOWN, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Words

_LONGEST_NUMBER: Final = 4


class Roads:
    """Tells the roads of a language by their numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the language's tables."""
        self._nouns = lexicon.cue("places", "roads")
        self._lettered = lexicon.cue("places", "lettered_roads")

    def at(self, text: str, words: Words, i: int) -> Found | None:
        """Return the road that begins with word `i`, one that marks roads: `A7`, `US-52`, `Route 9`."""
        word = words.words[i]
        if word[-1].isdecimal():
            return _road(text, words, i, i)
        gap = words.gaps[i + 1]
        if gap not in {" ", "-"} or not _is_numbered(words, i):
            return None
        is_marked = word in self._lettered or (gap == " " and word.lower() in self._nouns)
        return _road(text, words, i, i + 1) if is_marked else None

    @staticmethod
    def abbreviated(text: str, words: Words, first: int, last: int) -> Found | None:
        """Return the road whose number follows an abbreviation, its stop included: `U.S. 98`, `Ky. 80`."""
        is_road = words.gaps[last + 1] == ". " and _is_numbered(words, last)
        return _road(text, words, first, last + 1) if is_road else None


def _is_numbered(words: Words, i: int) -> bool:
    following = words.words[i + 1] if i + 1 < len(words.words) else ""
    return following.isdecimal() and len(following) <= _LONGEST_NUMBER


def _road(text: str, words: Words, first: int, last: int) -> Found:
    start, end = words.starts[first], words.ends[last]
    shape = f"road {words.words[first][0].lower()}"
    return Found(start, end, UNKNOWN, first, last, (), text[start:end], end, shape)
