"""What a language's folder holds: ordinary words, person names, demonyms and the cues beside names."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Final

from gazetteer.reading.grammar import Grammar
from gazetteer.reading.tables import packaged, table
from gazetteer.reading.word_classes import WordClasses

_DIGITS: Final = 2
"""Behind each word of a list."""


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for belonging to a place: `nordkoreanisch`, `Muscovite`."""

    places: tuple[str, ...]
    """Ids in the gazetteer, the usual one first."""
    adjective: bool
    """Whether the word can be an adjective; otherwise it names inhabitants only."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's tables; the words in all of them are lower case unless said otherwise."""

    language: str
    grammar: Grammar
    words: dict[str, str]
    """Two digits for each common word: its Zipf frequency, and 0 to 9 for how often it is a name."""
    cues: dict[str, dict[str, frozenset[str]]]
    demonyms: dict[str, Demonym]
    foreign_demonyms: dict[str, Demonym]
    """Those of another language, met capitalised in the names of organisations."""
    given_names: frozenset[str]
    """Capitalised."""
    surnames: frozenset[str]
    """Capitalised."""
    endings: dict[str, int]
    """For the last letters of a word: twice the log odds that a name ending so is a place's."""
    classes: WordClasses
    """Which words stand among the same neighbours, spelled as in a text."""

    @classmethod
    def of(cls, language: str) -> Lexicon:
        """Return the tables of a language; those of a language without a folder are empty."""
        return _load(language)

    def cue(self, part: str, name: str) -> frozenset[str]:
        """Return one list of cue words, empty where the language has none."""
        try:
            return self.cues[part][name]
        except KeyError:
            return frozenset()

    def frequency(self, word: str) -> int:
        """Return the Zipf frequency of a lower-case word, 0 where it is not common."""
        digits = self.words.get(word)
        return ord(digits[0]) - 48 if digits else 0

    def name_share(self, word: str) -> int:
        """Return 0 to 9: how often the capitalised form of a lower-case word is a name; 9 where unknown."""
        digits = self.words.get(word)
        return ord(digits[1]) - 48 if digits else 9

    def sounds_like_a_place(self, lower: str) -> int:
        """Return twice the log odds, in [-9, 9], that the word's last letters are those of a place name."""
        marked = f"^{lower}"
        for length in range(min(5, len(marked)), 0, -1):
            odds = self.endings.get(marked[-length:])
            if odds is not None:
                return odds
        return 0

    def ends_in_a_word(self, lower: str) -> bool:
        """Tell whether a long word closes with a common noun, as compounds do."""
        return any(
            self.words.get(lower[at:], "00")[0] >= "3" and self.words[lower[at:]][1] < "4"
            for at in range(3, len(lower) - 3)
        )


@cache
def _load(language: str) -> Lexicon:
    grammar = Grammar.of(language)
    given_names, surnames = _person_names()
    return Lexicon(
        language=language,
        grammar=grammar,
        words=_words(language),
        cues={
            part: {key: frozenset(words.split()) for key, words in lists.items()}
            for part, lists in table(language, "cues.toml").items()
        },
        demonyms=_demonyms(language),
        foreign_demonyms=_demonyms(grammar.foreign_demonyms) if grammar.foreign_demonyms else {},
        given_names=given_names,
        surnames=surnames,
        endings=_endings(language),
        classes=WordClasses.of(language),
    )


def _words(language: str) -> dict[str, str]:
    with packaged(language, "words.tsv.gz") as file:
        words = dict(_pairs(language, file.name))
        for digits in set(words.values()):
            if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
                word = next(word for word in words if words[word] == digits)
                raise ValueError(f"expected two digits behind {word!r:.40}, got {digits!r:.40}")
        return words


def _pairs(*path: str) -> Iterator[tuple[str, str]]:
    with packaged(*path) as file:
        if not file.is_file():
            return iter(())
        # One cut for all: the tables have a hundred thousand lines, and every run waits for them.
        cells = gzip.decompress(file.read_bytes()).decode().replace("\n", "\t").split("\t")
        if len(cells) < 2:
            raise ValueError("it is empty")
    # What stands behind words is short and often the same; each is kept once.
    return zip(cells[::2], map(intern, cells[1::2]), strict=False)


@cache
def _person_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return given names and surnames, the same for all languages."""
    uses = list(_pairs("person_names.tsv.gz"))
    given = frozenset(name for name, use in uses if use in "gb")
    return given, frozenset(name for name, use in uses if use in "sb")


def _endings(language: str) -> dict[str, int]:
    with packaged(language, "name_endings.tsv.gz") as file:
        return {ending: int(odds) for ending, odds in _pairs(language, file.name)}


@cache
def _demonyms(language: str) -> dict[str, Demonym]:
    with packaged(language, "demonyms.csv") as file:
        if not file.is_file():
            return {}
        lines = file.read_text(encoding="utf-8").splitlines()
        return _demonyms_in([line for line in lines if not line.startswith("#")])


def _demonyms_in(lines: list[str]) -> dict[str, Demonym]:
    rows = csv.reader(lines)
    header = next(rows, [])
    columns = [header.index(name) for name in ("form", "kind", "place")]
    found: dict[str, Demonym] = {}
    for row in rows:
        if not row:
            continue
        form, kind, place = (row[column].strip() for column in columns)
        # `Deutschen` (people) and `deutschen` (adjective) meet in one key.
        before = found.get(form.lower(), Demonym((), adjective=False))
        places = before.places if place in before.places else (*before.places, place)
        found[form.lower()] = Demonym(places, adjective=before.adjective or kind in {"adjective", "both"})
    return found
