"""Enumerations: what stands beside a name in a list, where like stands beside like.

`Attapeu, Laos; Binh Phuoc, Vietnam` and `between Claverack and Greenport`: a neighbour that surely is a
place speaks for a name nobody knows, one that surely is none (`Smith, Lund and Kemps`) against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from gazetteer.reading.candidates import NAME, UNKNOWN, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.surroundings import Surroundings

_GAPS: Final = {", ": "comma", "; ": "comma", "/": "comma", " – ": "comma", " - ": "comma", "-": "hyphen"}
_BEFORE_WORDS: Final = frozenset({" ", ", "})
_ALONE: Final = ("", None)
_DEGREES: Final = ((1.5, "sure"), (0.0, "likely"), (-1.5, "doubtful"))
"""Log odds from which a neighbour counts as a place of that degree."""
_LEAST: Final = _DEGREES[-1][0]
_JOINING: Final = {"and": ("readings", "joints"), "to": ("enumerations", "to")}
"""Where the words that join names are listed."""
JOINTS: Final = frozenset({*_GAPS.values(), *_JOINING})
DEGREES: Final = (*(name for _least, name in _DEGREES), "no")


class Enumerations:
    """The names of one article by where they begin and end, with how likely each is a place."""

    def __init__(self, candidates: Sequence[Found], odds: Sequence[float], here: Surroundings) -> None:
        """Take every candidate with its log odds so far; those that are no place count as none."""
        self._text, self._words = here.text, here.words
        self._joining = _joining_words(here.lexicon.language)
        self._by_start: dict[int, float] = {}
        self._by_end: dict[int, float] = {}
        by_start, by_end = self._by_start, self._by_end
        for found, own in zip(candidates, odds, strict=True):
            if own >= _LEAST and (found.form is NAME or found.form is UNKNOWN):
                by_start[found.start] = max(own, by_start.get(found.start, own))
                by_end[found.container_end] = max(own, by_end.get(found.container_end, own))

    def of(self, found: Found) -> list[tuple[str, str, str]]:
        """Return on which sides a candidate is listed, by what, and beside how likely a place."""
        listed: list[tuple[str, str, str]] = []
        if found.form is not NAME and found.form is not UNKNOWN:
            return listed
        words, gaps = self._words.words, self._words.gaps
        first, behind = found.first, found.last + 1
        if first and (gaps[first] != " " or words[first - 1] in self._joining):
            joint, odds = self._left(found)
            if joint:
                listed.append(("behind", joint, _degree(odds)))
        if behind < len(words) and (gaps[behind] != " " or words[behind] in self._joining):
            joint, odds = self._right(found)
            if joint:
                listed.append(("before", joint, _degree(odds)))
        return listed

    def _left(self, found: Found) -> tuple[str, float | None]:
        """Return what joins a candidate to the capitalised word before it, and how likely that is a place."""
        words = self._words
        at = found.first - 1
        if at < 0:
            return _ALONE
        gap = words.gaps[found.first]
        joint = _GAPS.get(gap, "")
        if gap == " " and at and words.words[at] in self._joining:
            joint = self._joining[words.words[at]]
            at -= 1
            if words.gaps[at + 1] not in _BEFORE_WORDS:
                return _ALONE
        if not joint or not words.words[at][0].isupper():
            return _ALONE
        return joint, self._by_end.get(words.ends[at])

    def _right(self, found: Found) -> tuple[str, float | None]:
        """Return what joins a candidate to the capitalised word behind it, and how likely that is a place."""
        words = self._words
        at = found.last + 1
        if at >= len(words.words):
            return _ALONE
        gap = self._text[found.container_end : words.starts[at]]
        joint = _GAPS.get(gap, "")
        if gap in _BEFORE_WORDS and at + 1 < len(words.words) and words.words[at] in self._joining:
            joint = self._joining[words.words[at]]
            at += 1
            if words.gaps[at] != " ":
                return _ALONE
        if not joint or not words.words[at][0].isupper():
            return _ALONE
        return joint, self._by_start.get(words.starts[at])


@cache
def _joining_words(language: str) -> dict[str, str]:
    """Return for each word that joins names by what it joins them."""
    lexicon = Lexicon.of(language)
    return {word: name for name, (part, key) in _JOINING.items() for word in lexicon.cue(part, key)}


def _degree(odds: float | None) -> str:
    if odds is None:
        return "no"
    return next((name for least, name in _DEGREES if odds >= least), "no")
