"""Words of a text, with what each place-name decision needs to know of its surroundings."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Self

_WORD = re.compile(r"([^\W_]+)")
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNBREAKING: Final = (("\u00a0", " "), ("\u202f", " "), ("\u2011", "-"), ("\u2010", "-"))
"""Blanks and hyphens at which no line is broken, and the ordinary ones in their stead."""
_LONGEST_CLUSTER: Final = 32
"""A letter with more accents than these is no letter."""
_BLOCK: Final = 200_000
"""Characters cut at a time, so that the pieces of a long text are not all there at once."""
_PROSE: Final = 6
"""Characters of a word and the gap behind it, from which down there is no room made in advance."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Unicode form NFC without invisible characters, and the way back to the text as it is."""

    plain: str
    origins: tuple[tuple[int, ...], tuple[int, ...]] | None
    """Where runs of characters begin that are as they were: in `plain`, and in the original; None if all
    stand where they stood."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Normalise a text; one that is normal already is kept and costs nothing."""
        if text.isascii():
            return cls(text, None)
        for unbreaking, ordinary in _UNBREAKING:
            text = text.replace(unbreaking, ordinary)
        if _is_plain(text):
            return cls(text, None)
        pieces: list[str] = []
        plain_at, original_at = [0], [0]
        length = 0
        for at, piece, end in _rewritten(text):
            if at - length != original_at[-1] - plain_at[-1]:
                plain_at.append(length)
                original_at.append(at)
            pieces.append(piece)
            length += len(piece)
            if end - length != original_at[-1] - plain_at[-1]:
                plain_at.append(length)
                original_at.append(end)
        return cls("".join(pieces), (tuple(plain_at), tuple(original_at)))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the original text for one of `plain`."""
        if self.origins is None:
            return start, end
        first = self._original(start)
        return first, max(first, self._original(end))

    def _original(self, position: int) -> int:
        if self.origins is None:
            return position
        plain_at, original_at = self.origins
        run = bisect_right(plain_at, position) - 1
        return original_at[run] + position - plain_at[run]


def _is_plain(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not any(c in text for c in _INVISIBLE)


def _rewritten(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield start, new form and end of each part: whole lines, and letters in those to be rewritten."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if _is_plain(line):
            yield start, line, end
        else:
            at = start
            while at < end:
                stop = at + 1
                while stop < end and unicodedata.combining(text[stop]) and stop - at < _LONGEST_CLUSTER:
                    stop += 1
                letter = text[at:stop]
                yield at, "" if letter in _INVISIBLE else unicodedata.normalize("NFC", letter), stop
                at = stop
        start = end


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, runs of letters and digits, in parallel rows."""

    words: list[str]
    gaps: list[str]
    """What stands before each word, and behind the last: one more than there are words."""
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """Cut a text into words and what stands between them."""
        if len(text) > _BLOCK:
            return cls._of_long(text)
        pieces = _WORD.split(text)  # gap, word, gap, … gap: cut and counted in C, letter by letter once
        bounds = list(accumulate(map(len, pieces)))
        return cls(words=pieces[1::2], gaps=pieces[::2], starts=bounds[:-1:2], ends=bounds[1::2])

    @classmethod
    def _of_long(cls, text: str) -> Self:
        """Cut a text block by block, each word and gap kept once: a tenth of the memory."""
        # Room for all of them at once: rows that grow by turns leave holes behind, as large as themselves.
        room = min(len(_WORD.split(text[:_BLOCK])) // 2 * (len(text) // _BLOCK + 1), len(text) // _PROSE)
        words, gaps = [""] * room, [""] * room
        starts, ends = array("I", bytes(4 * room)), array("I", bytes(4 * room))
        once: dict[str, str] = {}
        at, carried, count = 0, "", 0
        while at < len(text):
            end = text.find(" ", at + _BLOCK)
            end = len(text) if end < 0 else end
            pieces = _WORD.split(text[at:end])
            pieces[0] = carried + pieces[0]
            bounds = list(accumulate(map(len, pieces[:-1]), initial=at - len(carried)))
            carried = pieces.pop()
            filled = slice(count, count + len(pieces) // 2)  # goes beyond the room where that is too small
            starts[filled] = array("I", bounds[1::2])
            ends[filled] = array("I", bounds[2::2])
            words[filled] = map(once.setdefault, pieces[1::2], pieces[1::2])
            gaps[filled] = map(once.setdefault, pieces[::2], pieces[::2])
            at, count = end, filled.stop
        for row in (words, gaps, starts, ends):
            del row[count:]
        gaps.append(carried)
        return cls(words, gaps, starts, ends)
