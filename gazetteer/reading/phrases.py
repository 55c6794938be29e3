"""Phrases: names of several words that nobody has listed, told by the word they open or close with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gazetteer.reading.candidates import UNKNOWN, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.profiles import FUNCTION_WORD, Profile
from gazetteer.reading.tokens import Words

_HOUSE_NUMBER: Final = re.compile(r" \d{1,3}[a-z]?(?!\w)")


class Phrases:
    """Finds them in rows of capitalised words."""

    def __init__(self, lexicon: Lexicon, prominent: Callable[[str], bool]) -> None:
        """Take the language's tables, and who knows whether a word names a place many have heard of."""
        self._joints = lexicon.cue("places", "joints")
        self._people = lexicon.grammar.inhabitant_endings
        self._prominent = prominent

    def headed(
        self, text: str, words: Words, row: tuple[int, int], profiles: Sequence[Profile | None]
    ) -> Iterator[Found]:
        """Yield the words of a row up to each head such as `Straße`: `in` may follow it, and another name."""
        first, last = row
        opening = profiles[first]
        if opening is None or not opening.begins_phrase:
            return
        for at in range(first + 1, last + 1):
            closing = profiles[at]
            if closing is None:
                if words.words[at] in self._joints:
                    return
                continue
            if closing.frequency >= FUNCTION_WORD:
                return
            kind = self._kind(opening, closing, words.words[first], next_to=at == first + 1)
            if not kind:
                continue
            start, stop = words.starts[first], words.ends[at]
            if closing.street and (match := _HOUSE_NUMBER.match(text, stop)):
                stop = match.end()
            yield Found(start, stop, UNKNOWN, first, at, (), text[start:stop], stop, kind)

    def _kind(self, opening: Profile, closing: Profile, first: str, *, next_to: bool) -> str:
        """Tell what an opening word and a head make: empty for nothing."""
        if not closing.closes or (closing.closes == "compound" and not closing.street and opening.given_name):
            return ""
        if next_to and closing.street:
            stands_alone = not opening.adjective and (opening.plain or self._prominent(first))
            return "" if stands_alone else "street"
        if next_to and opening.adjective and opening.lower.endswith(self._people):
            return "local"
        return "closed" if closing.closes == "closed" else "headed"

    def opened(
        self, text: str, words: Words, row: tuple[int, int], profiles: Sequence[Profile | None]
    ) -> Iterator[Found]:
        """Yield `Cerro San Félix`, `Lido di Spina`, `Bad Niedernau`: an opening word and what it names."""
        first, last = row
        start = words.starts[first]
        for at in range(first + 1, last + 1):
            profile = profiles[at]
            if profile is None or not profile.capital:
                if words.words[at] in self._joints:
                    return
                continue
            if profile.frequency >= FUNCTION_WORD:
                return
            if not profile.opens:
                end = words.ends[at]
                yield Found(start, end, UNKNOWN, first, at, (), text[start:end], end, "opened")
