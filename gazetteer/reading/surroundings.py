"""Surroundings: what a whole article tells about its capitalised words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.neighbours import Neighbours
from gazetteer.reading.tokens import Words

_LONGEST_HEADLINE: Final = 150
"""Characters."""
_SHORTEST_HEADLINE: Final = 3
"""Words."""
_LONGEST_SMALL_WORD: Final = 4
"""Letters of prepositions and the like, which headlines leave small."""
_CLOSING: Final = frozenset(".!:;,")


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
    near_bodies: bytearray = field(default_factory=bytearray)
    """For each word whether it may be part of the name of a body, as one of its usual words is near."""
    vocabulary: frozenset[str] = frozenset()
    """All words as they stand, to tell whether a capitalised one is written small elsewhere."""
    headlines: tuple[tuple[int, int], ...] = ()
    """Spans of the lines in which nearly every word has a capital."""

    def in_headline(self, position: int) -> bool:
        """Tell whether a position lies in a line whose capitals say nothing."""
        at = bisect_right(self.headlines, position, key=itemgetter(0)) - 1
        return at >= 0 and position < self.headlines[at][1]

    @classmethod
    def of(cls, text: str, words: Words, neighbours: Neighbours) -> Surroundings:
        """Gather what the whole article says about its capitalised words."""
        here = cls(text, words, neighbours.lexicon)
        here._gather(neighbours)
        here.vocabulary = frozenset(words.words)
        here.headlines = tuple(here._headlines())
        return here

    def _headlines(self) -> Iterator[tuple[int, int]]:
        """Yield the short lines without a full stop in which all but the small words have a capital."""
        start = 0
        words, starts = self.words.words, self.words.starts
        while start < len(self.text):
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            if 0 < end - start <= _LONGEST_HEADLINE and self.text[end - 1] not in _CLOSING:
                first = bisect_left(starts, start)
                line = words[first : bisect_left(starts, end, first)]
                small = sum(word.islower() and len(word) > _LONGEST_SMALL_WORD for word in line)
                if len(line) >= _SHORTEST_HEADLINE and small <= len(line) // 6:
                    yield start, end
            start = end + 1

    def _gather(self, neighbours: Neighbours) -> None:
        words, gaps = self.words.words, self.words.gaps
        of_body = neighbours.of_body
        near_bodies = self.near_bodies = bytearray(len(words))
        seen, paired, persons, located = self.seen, self.paired, self.persons, self.located
        for i, word in enumerate(words):
            if not word[0].isupper():
                continue
            seen[word] = seen.get(word, 0) + 1
            if of_body(word):
                begin, end = max(0, i - BEFORE_BODY), min(i + _BEHIND_BODY + 1, len(words))
                near_bodies[begin:end] = b"\1" * (end - begin)
            gap = gaps[i]
            if not i or gap not in _JOINING:
                continue
            previous = neighbours[words[i - 1]]
            if gap == " ":
                if previous.locative:
                    located[word] = located.get(word, 0) + 1
                if previous.opens_name:
                    paired[word] = paired.get(word, 0) + 1
            if previous.opens_person and not neighbours[word].organisation:
                persons[word] = persons.get(word, 0) + 1
                if previous.given_name:
                    persons[words[i - 1]] = persons.get(words[i - 1], 0) + 1


BEFORE_BODY: Final = 4
"""Words from a name to the last word of a body that it is part of: `Leeds City Council`."""
_BEHIND_BODY: Final = 3
"""Words from the first word of a body to a name that is part of it: `University of the West`."""
_JOINING: Final = frozenset({" ", "-", ". "})
"""What may stand between the words of one name."""
