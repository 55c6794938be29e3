"""The words of one language for numbers, units and hedges, read from its data folder."""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gazetteer.reading.intervals import HedgeKind
from gazetteer.reading.tables import packaged

LANGUAGES: Final = ("de", "en")
"""Languages with a folder of quantity words; any other text is read with the last."""


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """What one language says numbers, units and hedges with."""

    language: str
    thousands: str
    decimal: str
    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    glue: frozenset[str]
    halves: Mapping[str, float]
    point: frozenset[str]
    articles: frozenset[str]
    fractions: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    collective: Mapping[str, tuple[float, float]]
    collective_of: frozenset[str]
    range_open: frozenset[str]
    range_between: frozenset[str]
    range_join: tuple[str, ...]
    range_join_between: tuple[str, ...]
    abbreviations: Mapping[str, str]
    units: Mapping[str, str]
    two_word_units: Mapping[str, frozenset[str]]
    """First words by second word: `nautical` by `miles`."""
    fused: Mapping[str, tuple[float, str]]
    suffixes: Mapping[str, str]
    suffix_endings: str
    speed_tails: Mapping[str, str]
    hedges: Mapping[str, HedgeKind]
    cased_units: frozenset[str]
    """Spelled units and fused ones in the cases they occur in, for a look-up without folding."""


@functools.cache
def quantity_words(language: str) -> QuantityWords:
    """Return the words of a language, English where we have no folder for it."""
    code = language if language in LANGUAGES else LANGUAGES[-1]
    with packaged(code, "quantities.toml") as file:
        return _words_in(tomllib.loads(file.read_text(encoding="utf-8")), code)


def _words_in(raw: dict[str, Any], code: str) -> QuantityWords:
    words, ranges, suffixes = raw["words"], raw["ranges"], dict(raw["suffixes"])
    endings = suffixes.pop("suffix_endings")
    units: dict[str, str] = raw["units"]
    pairs = [unit.split() for unit in units if " " in unit]
    spelled = [*(unit for unit in units if " " not in unit), *raw["fused"]]
    return QuantityWords(
        language=code,
        thousands=raw["thousands"],
        decimal=raw["decimal"],
        cardinals=raw["cardinals"],
        multipliers=raw["multipliers"],
        glue=frozenset(words["glue"]),
        halves=words["halves"],
        point=frozenset(words["point"]),
        articles=frozenset(words["articles"]),
        fractions=raw["fractions"],
        vague={word: (low, high) for word, (low, high) in raw["vague"].items()},
        collective={word: (low, high) for word, (low, high) in raw["collective"].items()},
        collective_of=frozenset(raw["collective_of"]["words"]),
        range_open=frozenset(ranges["open"]),
        range_between=frozenset(ranges["between"]),
        range_join=tuple(ranges["join"]),
        range_join_between=tuple(ranges["join_between"]),
        abbreviations=raw["abbreviations"],
        units=units,
        two_word_units={
            second: frozenset(first for first, other in pairs if other == second) for _, second in pairs
        },
        fused={word: (value, unit) for word, (value, unit) in raw["fused"].items()},
        suffixes=suffixes,
        suffix_endings=endings,
        speed_tails=raw["speed_tails"],
        hedges={word: HedgeKind(kind) for word, kind in raw["hedges"].items()},
        cased_units=frozenset(_cased((*spelled, *_word_abbreviations(raw["abbreviations"])))),
    )


def _cased(words: Iterable[str]) -> Iterable[str]:
    return itertools.chain.from_iterable((word, word.title(), word.upper()) for word in words)


def _word_abbreviations(abbreviations: Iterable[str]) -> Iterable[str]:
    """Keep those that may follow a number word: `zwölf km`, not `one in`."""
    return (word for word in abbreviations if word.isalpha() and len(word) > 1 and word not in _TOO_SHORT)


_TOO_SHORT: Final = frozenset({"in", "pm", "min", "Min", "std", "nm", "sm", "mi", "kn", "kt", "cm", "dm"})
