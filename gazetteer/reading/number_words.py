"""Numbers in words: `zweihundertfünfzig`, `two and a half`, `einige hundert`, `half a`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.reading.memory import Memory
from gazetteer.reading.quantity_words import QuantityWords, quantity_words

_LONGEST_WORD: Final = 60
_LONGEST_PHRASE: Final = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from words; `low` and `high` are set where the words name only a span."""

    value: float
    low: float | None = None
    high: float | None = None

    def times(self, factor: float) -> Number:
        """Return the number multiplied."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Number(self.value * factor, low, high)


def trailing_number(tokens: tuple[str, ...], language: str) -> tuple[Number, int] | None:
    """Read the longest number that ends a phrase.

    Args:
        tokens: Folded words before a unit, in text order.
        language: ISO 639-1.

    Returns:
        The number and how many of the last tokens it takes; None when there is none.

    Examples:
        >>> trailing_number(("nach", "zwei"), "de")
        (Number(value=2.0, low=None, high=None), 1)
        >>> trailing_number(("some", "two", "and", "a", "half"), "en")
        (Number(value=2.5, low=None, high=None), 4)
    """
    for size in range(min(len(tokens), _LONGEST_PHRASE), 0, -1):
        number = _phrase(tokens[-size:], language)
        if number is not None:
            return number, size
    return None


@functools.cache
def ends_number(language: str) -> Memory[bool]:
    """Return whether a folded word may end a number: with any other, there is none to be read before it."""
    words = quantity_words(language)
    listed = (
        words.fractions,
        words.collective,
        words.collective_of,
        words.multipliers,
        words.articles,
        words.one_sided,
    )
    last = {phrase.split()[-1] for phrases in listed for phrase in phrases}
    halves = tuple(half.split()[-1] for half in words.halves)
    return Memory(
        lambda word: word in last or word.endswith(halves) or _morphemes((word,), words, language) is not None
    )


@functools.lru_cache(maxsize=4096)
def _phrase(tokens: tuple[str, ...], language: str) -> Number | None:
    words = quantity_words(language)
    text = " ".join(tokens)
    if text in words.fractions:
        return Number(words.fractions[text])
    for half, share in words.halves.items():
        if text.endswith(half) and len(text) > len(half):
            whole = _phrase(tuple(text[: -len(half)].split()), language)
            if whole is not None and whole.low is None:
                return Number(whole.value + share)
    span = _vague(tokens, words)
    if span is not None:
        return span
    if len(tokens) > 2 and any(token in words.point for token in tokens[1:-1]):
        return _decimal(tokens, language)
    morphemes = _morphemes(tokens, words, language)
    value = None if morphemes is None else _cardinal(morphemes, words)
    return None if value is None else Number(value)


def _vague(tokens: tuple[str, ...], words: QuantityWords) -> Number | None:
    """Read `einige hundert`, `a few thousand`, `Hunderte von`, `hundreds of`, `a dozen`."""
    if tokens[-1] in words.collective_of:
        tokens = tokens[:-1]
    text = " ".join(tokens)
    if text in words.collective:
        low, high = words.collective[text]
        return Number((low + high) / 2.0, low, high)
    if len(tokens) < 2 or tokens[-1] not in words.multipliers:
        return None
    scale, before = words.multipliers[tokens[-1]], " ".join(tokens[:-1])
    if before in words.vague:
        low, high = words.vague[before]
        return Number((low + high) / 2.0, low, high).times(scale)
    if before in words.fractions:
        return Number(words.fractions[before] * scale)
    if before in words.articles:
        return Number(float(scale))
    return None


def _decimal(tokens: tuple[str, ...], language: str) -> Number | None:
    words = quantity_words(language)
    at = next(i for i, token in enumerate(tokens) if token in words.point)
    if at == 0:
        return None
    whole = _phrase(tokens[:at], language)
    digits = [words.cardinals.get(token, -1) for token in tokens[at + 1 :]]
    if whole is None or whole.low is not None or not all(0 <= digit <= 9 for digit in digits):
        return None
    return Number(whole.value + int("".join(map(str, digits))) / 10.0 ** len(digits))


@functools.cache
def _morpheme_pattern(language: str) -> re.Pattern[str]:
    words = quantity_words(language)
    known = sorted({*words.cardinals, *words.glue}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


def _morphemes(tokens: tuple[str, ...], words: QuantityWords, language: str) -> tuple[str, ...] | None:
    """Split glued number words; None as soon as something is no part of a number."""
    parts: list[str] = []
    for token in tokens:
        if token in words.cardinals or token in words.multipliers or token in words.glue:
            parts.append(token)
            continue
        if token in words.articles:
            parts.append(token)
            continue
        if len(token) > _LONGEST_WORD:
            return None
        found = _morpheme_pattern(language).findall(token)
        if sum(map(len, found)) != len(token) or len(found) < 2:
            return None
        parts.extend(found)
    return tuple(parts)


def _cardinal(parts: tuple[str, ...], words: QuantityWords) -> float | None:
    """Add up number morphemes, refusing sequences that no number has (`two three`)."""
    total, group, last, glued = 0.0, 0.0, 0.0, False
    for i, part in enumerate(parts):
        if part in words.glue:
            if i in {0, len(parts) - 1}:
                return None
            glued = True
            continue
        value = float(words.cardinals.get(part, words.multipliers.get(part, 1)))
        if value >= 1000:
            total, group = total + (group or 1.0) * value, 0.0
        elif value == 100 or part in words.multipliers:
            if group >= 100:
                return None
            group = (group or 1.0) * value
        else:
            ones_then_tens = glued and 0 < last < 10 <= value and value % 10 == 0 and value >= 20
            tens_then_ones = last >= 20 and last < 100 and last % 10 == 0 and 0 < value < 10 and not glued
            after_hundred = group > 0 and group % 100 == 0 and value < 100 and last == 100
            if i and not (ones_then_tens or tens_then_ones or after_hundred or (last >= 1000)):
                return None
            group += value
        last, glued = value, False
    return total + group
