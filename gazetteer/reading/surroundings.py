"""Surroundings: what a whole article tells about its capitalised words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.neighbours import Neighbours
from gazetteer.reading.tokens import Words


@dataclass(slots=True)
class Surroundings:
    """One article's words and what they tell of each other."""

    text: str
    words: Words
    lexicon: Lexicon
    persons: dict[str, int] = field(default_factory=dict)
    """How often a word stood right behind a given name or title, or was the first of such a pair."""
    located: dict[str, int] = field(default_factory=dict)
    """How often a word stood right behind a locative preposition."""
    paired: dict[str, int] = field(default_factory=dict)
    """How often a word stood right behind another capitalised word that is no common word."""
    seen: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, words: Words, neighbours: Neighbours) -> Surroundings:
        """Gather what the whole article says about its capitalised words."""
        here = cls(text, words, neighbours.lexicon)
        here._gather(neighbours)
        return here

    def _gather(self, neighbours: Neighbours) -> None:
        words, gaps = self.words.words, self.words.gaps
        seen, paired, persons, located = self.seen, self.paired, self.persons, self.located
        for i, word in enumerate(words):
            if not word[0].isupper():
                continue
            seen[word] = seen.get(word, 0) + 1
            gap = gaps[i]
            if not i or gap not in _JOINING:
                continue
            previous = neighbours[words[i - 1]]
            if gap == " ":
                if previous.locative:
                    located[word] = located.get(word, 0) + 1
                if previous.opens_name:
                    paired[word] = paired.get(word, 0) + 1
            if previous.opens_person:
                persons[word] = persons.get(word, 0) + 1
                if previous.given_name:
                    persons[words[i - 1]] = persons.get(words[i - 1], 0) + 1


_JOINING: Final = frozenset({" ", "-", ". "})
"""What may stand between the words of one name."""
