"""Words of a text, with what each place-name decision needs to know of its surroundings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Self

_WORD = re.compile(r"([^\W_]+)")
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ODD: Final = f"{_INVISIBLE}\u00a0\u202f\u2011\u2010"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Unicode form NFC without invisible characters, and the way back to the text as it is."""

    plain: str
    origins: tuple[int, ...] | None
    """For each code point of `plain`, and for its end, where it stands in the original; None if unchanged."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Normalise a text; one that is normal already is kept and costs nothing."""
        if text.isascii() or (unicodedata.is_normalized("NFC", text) and not any(c in text for c in _ODD)):
            return cls(text, None)
        pieces: list[str] = []
        origins: list[int] = []
        at = 0
        while at < len(text):
            end = at + 1
            while end < len(text) and unicodedata.combining(text[end]) and end - at < 32:
                end += 1
            piece = "" if text[at] in _INVISIBLE else unicodedata.normalize("NFC", text[at:end])
            piece = piece.translate({0xA0: " ", 0x202F: " ", 0x2011: "-", 0x2010: "-"})
            pieces.append(piece)
            origins.extend([at] * len(piece))
            at = end
        origins.append(len(text))
        return cls("".join(pieces), tuple(origins))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the original text for one of `plain`."""
        if self.origins is None:
            return start, end
        first = self.origins[start]
        return first, max(first, self.origins[end])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, runs of letters and digits, in parallel lists."""

    words: list[str]
    gaps: list[str]
    """What stands before each word, and behind the last: one more than there are words."""
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """Cut a text into words and what stands between them."""
        pieces = _WORD.split(text)  # gap, word, gap, … gap: cut and counted in C, letter by letter once
        bounds = list(accumulate(map(len, pieces)))
        return cls(words=pieces[1::2], gaps=pieces[::2], starts=bounds[:-1:2], ends=bounds[1::2])
