"""Neighbours: what evidence may know of the word beside a candidate.

A rare word tells no more than its kind: `Schneider` and `Krause` are a capital and a surname, and so the
same neighbour. That makes a few hundred neighbours of all the words there are, and what follows from one
is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory
from gazetteer.reading.word_classes import WIDE

_CUES_SEEN: Final = (
    ("prepositions", "locative"),
    ("prepositions", "neutral"),
    ("prepositions", "contracted"),
    ("articles", "all"),
    ("articles", "possessive"),
    ("articles", "indefinite"),
    ("persons", "titles"),
    ("places", "nouns"),
    ("places", "endings"),
    ("organisations", "clubs"),
    ("organisations", "heads"),
    ("readings", "acts"),
    ("readings", "folk"),
    ("readings", "sites"),
    ("readings", "contests"),
    ("places", "qualifiers"),
    ("places", "wholes"),
)
_KINDS: Final = (
    ("prepositions locative", "locative"),
    ("articles indefinite", "determiner"),
    ("articles possessive", "determiner"),
    ("articles all", "article"),
    ("prepositions contracted", "contracted"),
    ("prepositions neutral", "neutral"),
    ("capital", "capital"),
)
"""The sign that decides what a neighbour counts as, first come first."""
_IN_EVERY_MOUTH: Final = 6
"""Frequency from which a word counts as itself, and not as one of its kind."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbour:
    """A word beside a candidate, as far as evidence looks at it; one object for all words alike."""

    signs: tuple[str, ...]
    """What it is: the same on either side, and two words before."""
    said: str
    """The word itself, in small letters, where everybody uses it; else empty."""
    capital: bool
    locative: bool
    """A preposition of place, such as `in`."""
    given_name: bool
    organisation: bool
    """A head such as `Universität`, which closes the name of an organisation."""
    opens_person: bool
    """A given name or title: the capitalised word behind it is a person's name."""
    opens_name: bool
    """A capitalised word that is nearly always a name, and no frequent one."""
    kind: str
    """Its part in the sentence, by its signs: one of those in `_KINDS`, or `small`."""


_Fields: TypeAlias = tuple[tuple[str, ...], str, bool, bool, bool, bool, bool, bool]
"""All of it but what follows from the rest."""


class Neighbours(Memory[Neighbour]):
    """The neighbour that a word makes, by word."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the language's tables."""
        super().__init__(self._of)
        self.lexicon: Final = lexicon
        self._sign = lexicon.grammar.adjective_sign
        self._titles = lexicon.cue("persons", "titles")
        self._locative = lexicon.cue("prepositions", "locative")
        self._organisations = lexicon.cue("organisations", "heads")
        self.of_body: Final = Memory(self._is_of_body).__getitem__
        """Whether the names of bodies open or close with a word; they are looked for near such words only."""
        self._of_bodies = frozenset().union(
            *(lexicon.cue("organisations", name) for name in ("heads", "teams", "openings", "heads_of"))
        )
        self._body_endings = tuple(sorted(lexicon.cue("organisations", "bodies")))
        self._title_endings = tuple(lexicon.cue("persons", "title_endings"))
        self._seen_as: dict[str, tuple[str, ...]] = {}
        """For each cue word the lists that it stands in."""
        for part, name in _CUES_SEEN:
            for cue in lexicon.cue(part, name):
                self._seen_as[cue] = (*self._seen_as.get(cue, ()), f"{part} {name}")
        self._alike: dict[_Fields, Neighbour] = {}

    def _of(self, word: str) -> Neighbour:
        lexicon, lower = self.lexicon, word.lower()
        frequency, share = lexicon.frequency(lower), lexicon.name_share(lower)
        capital = word[0].isupper()
        titled = lower in self._titles or self._ends_in_title(word, lower)
        signs = tuple(self._signs(word, lower))
        given_name = word in lexicon.given_names
        fields = (
            signs,
            lower if frequency >= _IN_EVERY_MOUTH else "",
            capital,
            lower in self._locative,
            given_name,
            lower in self._organisations,
            capital and ((given_name and share >= 7) or titled),
            capital and share >= 6 and frequency < 7,
        )
        alike = self._alike.get(fields)
        if alike is None:
            kind = next((kind for sign, kind in _KINDS if sign in signs), "small")
            alike = self._alike[fields] = Neighbour(*fields, kind=kind)
        return alike

    def _is_of_body(self, word: str) -> bool:
        lower = word.lower()
        return lower in self._of_bodies or lower.endswith(self._body_endings)

    def _signs(self, word: str, lower: str) -> list[str]:
        """Return what a neighbour is, each in words that follow `before` or `after` in a feature's name."""
        lexicon = self.lexicon
        signs = ["capital" if word[0].isupper() else "digit" if word[0].isdigit() else "small"]
        if lexicon.frequency(lower) >= _IN_EVERY_MOUTH:
            signs.append(lower)
        signs += self._seen_as.get(lower, ())
        if word[0].isupper():
            if word in lexicon.given_names and lexicon.name_share(lower) >= 5:
                signs.append("given name")
            if word in lexicon.surnames and lower not in self._organisations:
                signs.append("surname")
            share = lexicon.name_share(lower) if lexicon.frequency(lower) else -1
            signs.append(f"capital {'unknown' if share < 0 else 'word' if share < 4 else 'name'}")
            if self._ends_in_title(word, lower):
                signs.append("title ending")
        elif lower in lexicon.demonyms or (self._sign and self._sign in lower):
            signs.append("adjective")
        signs += lexicon.classes.of_word(word, WIDE)
        return signs

    def _ends_in_title(self, word: str, lower: str) -> bool:
        return len(word) > 7 and lower.endswith(self._title_endings)
