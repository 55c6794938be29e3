"""The words of one language for numbers, units and hedges, read from its data folder."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gazetteer.reading.folders import with_words_for
from gazetteer.reading.intervals import HedgeKind
from gazetteer.reading.tables import packaged, table
from gazetteer.reading.units import UNITS


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
    """What the words behind a whole number add to it."""
    halves_behind: Mapping[str, float]
    """The same behind the unit."""
    point: frozenset[str]
    articles: frozenset[str]
    adding: tuple[str, ...]
    """What may stand between the parts of a sum."""
    feet: tuple[str, ...]
    """Words for feet, behind which `in` is an inch."""
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
    suffix_sign: str
    """The letters that all suffixes end in."""
    speed_tails: Mapping[str, str]
    hedges: Mapping[str, HedgeKind]
    one_sided: frozenset[str]
    """Those that put a number just below or above, and may stand for `one`: `eine knappe Stunde`."""
    cased_units: frozenset[str]
    """Spelled units and fused ones in the cases they occur in, for a look-up without folding."""


@functools.cache
def quantity_words(language: str) -> QuantityWords:
    """Return the words of a language; where it has none, those of the one that stands in for it."""
    code = with_words_for(language, "quantities.toml")
    with packaged(code, "quantities.toml"):
        return _words_in(table(code, "quantities.toml"), code)


def _words_in(raw: dict[str, Any], code: str) -> QuantityWords:
    words, ranges = raw["words"], raw["ranges"]
    units: dict[str, str] = raw["units"]
    pairs = [unit.split() for unit in units if " " in unit]
    _check_units(raw)
    spelled = [*(unit for unit in units if " " not in unit), *raw["fused"]]
    return QuantityWords(
        language=code,
        thousands=raw["thousands"],
        decimal=raw["decimal"],
        cardinals=raw["cardinals"],
        multipliers=raw["multipliers"],
        glue=frozenset(words["glue"]),
        halves=words["halves"],
        halves_behind=words["halves_behind"],
        point=frozenset(words["point"]),
        articles=frozenset(words["articles"]),
        adding=tuple(words["adding"]),
        feet=tuple(words["feet"]),
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
        suffixes=raw["suffixes"],
        suffix_endings=words["suffix_endings"],
        suffix_sign=words["suffix_sign"],
        speed_tails=raw["speed_tails"],
        hedges={word: HedgeKind(kind) for word, kind in raw["hedges"].items()},
        one_sided=frozenset(word for word, kind in raw["hedges"].items() if kind in _ONE_SIDED),
        cased_units=frozenset(
            _cased((*spelled, *_word_abbreviations(raw["abbreviations"], frozenset(words["digits_only"]))))
        ),
    )


_ONE_SIDED: Final = frozenset({HedgeKind.BELOW, HedgeKind.ABOVE})


def _check_units(raw: Mapping[str, Any]) -> None:
    meant = {
        word: unit for name in ("abbreviations", "units", "suffixes") for word, unit in raw[name].items()
    }
    meant |= {word: unit for word, (_, unit) in raw["fused"].items()}
    unknown = [f"{unit} ({word})" for word, unit in meant.items() if unit not in UNITS]
    if unknown:
        raise ValueError(f"no such unit: {', '.join(unknown)}")


def _cased(words: Iterable[str]) -> Iterable[str]:
    return itertools.chain.from_iterable((word, word.title(), word.upper()) for word in words)


def _word_abbreviations(abbreviations: Iterable[str], digits_only: frozenset[str]) -> Iterable[str]:
    """Keep those that may follow a number word: `zwölf km`, not `one in`."""
    return (word for word in abbreviations if word.isalpha() and len(word) > 1 and word not in digits_only)
