"""Digits: the numbers of a text that are written in figures, and what they amount to.

`1.180,5`, `1 180`, `3/4`, `2½`: which mark parts thousands and which decimals is the language's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gazetteer.reading.quantity_words import QuantityWords

SPACES: Final = " \u00a0\u202f\u2009"
"""Blanks that may stand within a number, and between it and its unit."""

_VULGAR: Final = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}

_DIGITS: Final = re.compile(
    rf"(?:(?P<whole>\d{{1,4}})[{SPACES}-]?)?(?P<over>\d{{1,3}})[/⁄](?P<under>\d{{1,3}})(?![\d/⁄.,]{{0,8}}\d)"
    rf"|(?P<vwhole>\d{{1,5}})?[{SPACES}]?(?P<vulgar>[{''.join(_VULGAR)}])"
    rf"|\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}}(?!\d)){{1,5}}(?:[.,]\d{{1,4}}(?!\d))?"
    r"|\d+(?:[.,]\d+)?"
)
_DIGIT: Final = re.compile(rf"[\d{''.join(_VULGAR)}]")
_THOUSANDS: Final = re.compile(rf"['’{SPACES}]")
"""What parts thousands in every language."""
_ENDING: Final = re.compile(
    rf"(?<![\w.,/’'-])\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}}){{0,4}}(?:[.,]\d{{1,4}})?$|(?<![\w.,/’'-])\d{{1,9}}(?:[.,]\d{{1,4}})?$"
)


def has_digit(word: str) -> bool:
    """Tell whether a number written in digits may begin in a word."""
    return _DIGIT.search(word) is not None


def figures_in(text: str, words: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield every number written in digits, in order; time is linear in the text.

    Args:
        text: Any text.
        words: Where the words with digits start and end, in order; no digit stands elsewhere.
    """
    at = 0
    for start, end in words:
        # Stepping from digit to digit first is several times faster than searching for the whole pattern.
        digit = _DIGIT.search(text, max(at, start), end)
        while digit is not None:
            match = _DIGITS.match(text, digit.start())
            at = digit.end()
            if match is not None:
                yield match
                at = match.end()
            digit = _DIGIT.search(text, at, end)


def value_of(match: re.Match[str], words: QuantityWords) -> float:
    """Return what one of `figures_in` amounts to in a language."""
    if match["over"]:
        under = int(match["under"])
        return int(match["whole"] or 0) + (int(match["over"]) / under if under else 0.0)
    if match["vulgar"]:
        return int(match["vwhole"] or 0) + _VULGAR[match["vulgar"]]
    return _value_of_digits(_THOUSANDS.sub("", match[0]), words)


def _value_of_digits(digits: str, words: QuantityWords) -> float:
    """Read digits by the language's separators, except where only the other reading makes sense."""
    if digits.isdecimal():
        return float(digits)
    groups = re.split(r"[.,]", digits)
    marks = [mark for mark in digits if mark in ".,"]
    if len(groups) == 2:
        is_group = len(groups[1]) == 3 and marks[0] == words.thousands and groups[0] != "0"
        return float("".join(groups)) if is_group else float(".".join(groups))
    if marks[-1] != marks[0]:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float("".join(groups))


def ending_figure(text: str, words: QuantityWords) -> tuple[int, float] | None:
    """Return where the number begins that ends a text, and what it amounts to; None where none does."""
    digits = _ENDING.search(text)
    if digits is None:
        return None
    return digits.start(), _value_of_digits(_THOUSANDS.sub("", digits[0]), words)
