"""Surroundings: what a whole article tells about its capitalised words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Words


@dataclass(slots=True)
class Surroundings:
    """One article's words and what they tell of each other."""

    text: str
    words: Words
    lexicon: Lexicon
    persons: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind a given name or title, or was the first of such a pair."""
    located: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind a locative preposition."""
    paired: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind another capitalised word that is no common word."""
    seen: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str, words: Words, lexicon: Lexicon) -> Surroundings:
        """Gather what the whole article says about its capitalised words."""
        here = cls(text, words, lexicon)
        here._gather()
        return here

    def _gather(self) -> None:
        lexicon, text = self.lexicon, self.text
        words, starts, ends = self.words.words, self.words.starts, self.words.ends
        given = lexicon.given_names
        titles = lexicon.cue("persons", "titles")
        title_endings = tuple(lexicon.cue("persons", "title_endings"))
        locative = lexicon.cue("prepositions", "locative")
        for i, word in enumerate(words):
            if not word[0].isupper():
                continue
            self.seen[word] += 1
            if not i:
                continue
            gap = text[ends[i - 1] : starts[i]]
            if gap not in {" ", "-", ". "}:
                continue
            previous = words[i - 1]
            lower = previous.lower()
            if gap == " " and lower in locative:
                self.located[word] += 1
            if (
                gap == " "
                and previous[0].isupper()
                and lexicon.name_share(lower) >= 6
                and lexicon.frequency(lower) < 7
            ):
                self.paired[word] += 1
            if previous[0].isupper() and (
                (previous in given and lexicon.name_share(lower) >= 7)
                or lower in titles
                or (len(previous) > 7 and lower.endswith(title_endings))
            ):
                self.persons[word] += 1
                if previous in given:
                    self.persons[previous] += 1
