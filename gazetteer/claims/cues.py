"""The words of one language by which a text relates places, read from its data folder."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gazetteer.reading.folders import with_words_for
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.tables import packaged, table

_SHORTEST_END: Final = 5
"""Shorter type nouns end too many other words: `Antwort`, `Netzwerk`, `Russland`."""


@dataclass(frozen=True, slots=True)
class Compass:
    """How direction words are built: parts, and the endings of adjective and noun."""

    parts: Mapping[str, str]
    adjective: str
    noun: str
    spaced: bool
    """Parts may stand apart: `south west`."""
    letters: bool
    """Those of the compass rose are said, too: `SSE`."""


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's relation words, as sets and as alternatives for patterns."""

    language: str
    grammar: Grammar
    compass: Compass
    kinds: Mapping[str, str]
    """Kind of place by type noun: `city` by `hafenstadt`."""
    kind_ends: tuple[str, ...]
    """The type nouns, longest first, for the ends of compounds."""
    sections: Mapping[str, Mapping[str, Any]]

    def words(self, section: str, name: str) -> frozenset[str]:
        """Return one list of words as a set."""
        return _word_set(self.language, section, name)

    def either(self, section: str, name: str) -> str:
        """Return one list of words as pattern alternatives, longest first, blanks matching any blank."""
        return _alternatives_of(self.language, section, name)

    def is_said(self, section: str, name: str) -> bool:
        """Return one statement about the language's grammar, such as that verbs end a relative clause."""
        return bool(self.sections[section][name])

    def kind_of(self, noun: str) -> str | None:
        """Return the kind of place a type noun means, by the end of a compound where need be."""
        return _kind_of(self.language, noun.lower())


@functools.cache
def cues(language: str) -> Cues:
    """Return the cues of a language; where it has none, those of the one that stands in for it."""
    code = with_words_for(language, "relations.toml")
    with packaged(code, "relations.toml"):
        return _cues_in(table(code, "relations.toml"), code)


def _cues_in(raw: dict[str, Any], code: str) -> Cues:
    for ending in (raw["compass"]["adjective"], raw["compass"]["noun"]):
        re.compile(ending)
    kinds = {noun: kind for kind, nouns in raw["kinds"].items() for noun in nouns}
    return Cues(
        language=code,
        grammar=Grammar.of(code),
        compass=Compass(**raw["compass"]),
        kinds=kinds,
        kind_ends=tuple(sorted(kinds, key=len, reverse=True)),
        sections={name: section for name, section in raw.items() if name not in {"compass", "kinds"}},
    )


@functools.cache
def cue_pattern(language: str, section: str, name: str) -> re.Pattern[str]:
    """Return a pattern that finds any word of one list as a whole word."""
    return re.compile(rf"(?<!\w)(?:{cues(language).either(section, name)})(?!\w)", re.IGNORECASE)


@functools.cache
def _word_set(language: str, section: str, name: str) -> frozenset[str]:
    return frozenset(cues(language).sections[section][name])


@functools.cache
def _alternatives_of(language: str, section: str, name: str) -> str:
    return _alternatives(cues(language).sections[section][name])


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return (
        "|".join(re.escape(word).replace(r"\ ", r"\s").replace(r"\*", r"\w{0,12}") for word in ordered)
        or r"(?!)"
    )


@functools.lru_cache(maxsize=8192)
def _kind_of(language: str, lowered: str) -> str | None:
    known = cues(language)
    if lowered in known.kinds:
        return known.kinds[lowered]
    if not known.grammar.compounds or len(lowered) > 60 or lowered in known.words("anaphora", "no_places"):
        return None
    bare = (
        lowered.removesuffix(known.grammar.genitive_endings[0]) if known.grammar.genitive_endings else lowered
    )
    ends = (end for end in known.kind_ends if len(end) >= _SHORTEST_END and bare.endswith(end))
    return next((known.kinds[end] for end in ends), None)
