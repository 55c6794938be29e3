"""Anchors: the words without which a pattern of the calendar cannot match.

A text holds few words that name a time, so a pattern is tried only where one of its anchors stands near.
The anchors are worked out from the pattern as the tables write it: what an optional group holds may be
missing, of a choice any branch may stand, and of words that must all be there the rarest kind serves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gazetteer.reading.memory import Memory

_RAREST_FIRST: Final = (
    ("month_name", "month"),
    ("weekday",),
    ("year",),
    ("unit",),
    ("part_alone", "part"),
    ("portion",),
    ("day", "hour", "month_number"),
    ("number_word", "number"),
)
"""Kinds of words in braces; the first that a pattern cannot do without are its anchors."""
_LITERAL_RANK: Final = 3.5
"""A word that the pattern spells out is rarer than a number and no rarer than a unit of time."""
_SHORT_LITERAL_RANK: Final = 5.5
"""`Uhr` is better to look for than digits."""
_SHORT_LITERAL: Final = 3
_LETTERS_PER_RANK: Final = 100.0
"""Of several spelt-out words the longest is the rarest."""
SHORTEST_WORD: Final = 3
"""Letters; shorter ones stand in too many words to find anything by."""

_LONGEST_REACH_WORDS: Final = 12
"""Farther before its anchor no match begins: `in der Nacht auf Montag, den 12. Mai`."""
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")

_PIECE: Final = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?:|\?P<\w+>)?)|(?P<close>\))|(?P<bar>\|)"
    r"|\{(?P<name>[a-z_]+)\}|(?P<times>[?*+]|\{\d*,?\d*\})|(?P<class>\[(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)|(?P<word>[^\W\d_]+)|(?P<other>.)",
    re.DOTALL,
)


_WORDY: Final = frozenset({"name", "word", "class", "escape", "other"})
"""Pieces that may match a word or begin one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name in braces stands for: one of some words, or digits."""

    words: tuple[str, ...] = ()
    digits: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """Words, or kinds of words, one of which stands in whatever a pattern matches."""

    kinds: frozenset[str]
    """Names that stand in braces in the tables."""
    words: frozenset[str]
    """Words that the pattern spells out, in small letters."""
    rank: float
    """The smaller, the rarer."""
    reach: int
    """At most so many words stand before one of them in a match."""

    def together(self, other: Anchors) -> Anchors:
        """Return the anchors where either pattern may match."""
        return Anchors(
            self.kinds | other.kinds,
            self.words | other.words,
            max(self.rank, other.rank),
            max(self.reach, other.reach),
        )


class AnchoredPatterns:
    """The patterns of one language, each tried only where one of its anchors stands near."""

    def __init__(self, patterns: Sequence[tuple[str, re.Pattern[str]]], kinds: Mapping[str, Kind]) -> None:
        """Take each pattern as written and as compiled, and what the names in braces stand for."""
        self._patterns = tuple(compiled for _, compiled in patterns)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_digits: dict[re.Pattern[str], set[int]] = defaultdict(set)
        self._everywhere: set[int] = set()
        self._reach: dict[int, int] = {}
        for number, (written, _) in enumerate(patterns):
            anchors = anchors_of(written)
            if anchors is None:
                self._everywhere.add(number)
                continue
            meant = [kinds[name] for name in anchors.kinds]
            words = [*anchors.words, *(word for kind in meant for word in kind.words)]
            if not all(map(_LETTERS.search, words)):
                self._everywhere.add(number)  # `3.` for a month holds no letters to find it by
                continue
            self._reach[number] = min(anchors.reach, _LONGEST_REACH_WORDS)
            for word in words:
                self._by_word[max(_LETTERS.findall(word.lower()), key=len)].add(number)
            for kind in meant:
                if kind.digits is not None:
                    self._by_digits[kind.digits].add(number)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for word in self._by_word:
            if len(word) >= SHORTEST_WORD:
                self._by_head[word[:SHORTEST_WORD]].append(word)
        self._anchored: Memory[tuple[int, ...]] = Memory(self._anchored_by)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the number of a pattern and a match, pattern by pattern, as if each were tried everywhere."""
        words = list(_WORD.finditer(text))
        near: dict[int, list[int]] = {}
        for at, numbers in enumerate(map(self._anchored.__getitem__, _WORD.findall(text))):
            for number in numbers:
                near.setdefault(number, []).append(at)
        for number, pattern in enumerate(self._patterns):
            if number in self._everywhere:
                yield from ((number, match) for match in pattern.finditer(text))
                continue
            tried, end, reach = -1, 0, self._reach[number]
            for anchor in near.get(number, ()):
                for at in range(max(tried + 1, anchor - reach), anchor + 1):
                    start = words[at].start()
                    match = pattern.match(text, start) if start >= end else None
                    if match is not None:
                        end = match.end()
                        yield number, match
                tried = anchor

    def _anchored_by(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the patterns that a word, or a word within it, is an anchor of."""
        low = word.lower()
        found: set[int] = set()
        if low[0].isdigit():
            for digits, numbers in self._by_digits.items():
                if digits.search(low):
                    found |= numbers
        elif len(low) < SHORTEST_WORD:
            found |= self._by_word.get(low, set())
        else:
            for at in range(len(low) - SHORTEST_WORD + 1):
                for other in self._by_head.get(low[at : at + SHORTEST_WORD], ()):
                    if low.startswith(other, at):
                        found |= self._by_word[other]
        return tuple(sorted(found))


def anchors_of(pattern: str) -> Anchors | None:
    r"""Return the anchors of a pattern with names in braces, None if none of its words must be there.

    Examples:
        >>> anchors_of(r"\b(?P<toward>{toward}) (?P<unit>{unit})\b").kinds
        frozenset({'unit'})
        >>> sorted(anchors_of(r"\bat (?:noon|midnight)\b").words)
        ['midnight', 'noon']
        >>> anchors_of(r"(?:on )?\w+") is None
        True
    """
    return _branches(_Pieces(list(_PIECE.finditer(pattern))))


@dataclass(slots=True)
class _Pieces:
    matches: list[re.Match[str]]
    at: int = 0
    words: int = 0
    """At most so many words of a match are behind us."""

    def following(self) -> Iterator[re.Match[str]]:
        while self.at < len(self.matches):
            self.at += 1
            piece = self.matches[self.at - 1]
            yield piece
            self.words += piece.lastgroup in _WORDY

    def peek(self) -> re.Match[str] | None:
        return self.matches[self.at] if self.at < len(self.matches) else None


@dataclass(slots=True)
class _Branch:
    needed: list[Anchors] = field(default_factory=list)

    def rarest(self) -> Anchors | None:
        return min(self.needed, key=lambda anchors: anchors.rank, default=None)


def _branches(pieces: _Pieces) -> Anchors | None:
    """Read up to the end of a group; of several branches each must have anchors for the choice to."""
    branches = [_Branch()]
    first = longest = pieces.words
    for piece in pieces.following():
        longest = max(longest, pieces.words)
        if piece["close"]:
            break
        if piece["bar"]:
            branches.append(_Branch())
            pieces.words = first
            continue
        if piece["look"] or piece["open"]:
            words = pieces.words
            anchors = _branches(pieces)
            if piece["look"]:
                pieces.words = words
                continue  # what is only looked at is not matched
        else:
            anchors = _anchors_of_piece(piece, pieces)
        if anchors is not None and not _may_be_missing(pieces):
            branches[-1].needed.append(anchors)
    pieces.words = longest
    found = [branch.rarest() for branch in branches]
    known = [anchors for anchors in found if anchors is not None]
    if len(known) < len(found):
        return None
    together = known[0]
    for anchors in known[1:]:
        together = together.together(anchors)
    return together


def _anchors_of_piece(piece: re.Match[str], pieces: _Pieces) -> Anchors | None:
    name, word = piece["name"], piece["word"]
    if name is not None:
        place = next((n for n, kinds in enumerate(_RAREST_FIRST) if name in kinds), None)
        return None if place is None else Anchors(frozenset({name}), frozenset(), float(place), pieces.words)
    if word is not None and _may_be_missing(pieces):
        word = word[:-1]  # `hours?`: only its last letter may be missing
        pieces.at += 1
    if word is None or len(word) < SHORTEST_WORD:
        return None
    rank = _SHORT_LITERAL_RANK if len(word) <= _SHORT_LITERAL else _LITERAL_RANK
    rank -= len(word) / _LETTERS_PER_RANK
    return Anchors(frozenset(), frozenset({word.lower()}), rank, pieces.words)


def _may_be_missing(pieces: _Pieces) -> bool:
    times = pieces.peek()
    return times is not None and times["times"] is not None and times["times"] != "+"
