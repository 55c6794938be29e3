"""Capitals: given back to words that are hardly anything but names, where a text has none, or nothing else.

Chats, tickers and badly read scans are often small throughout, or in capitals throughout. What makes a
word a name is then only known for those that are no ordinary words; the others are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS: Final = 3_000
_FEWEST_OTHERS: Final = 0.01
"""Of the words begin with a capital, or end in a small letter, where a text uses both."""
_FEWEST_WORDS: Final = 4
_NAME: Final = 8
"""Share, in tenths, from which a word is taken for a name."""
_KNOWN: Final = 0.4
"""Prominence from which a place is what a word the lists do not know means."""
_SHORTEST: Final = 4
"""Letters of a name that only the gazetteer knows."""
_JOINS: Final = frozenset({" ", "-"})
"""What may stand between the words of one name."""


def is_one_case(words: Sequence[str]) -> bool:
    """Tell whether a text is small throughout, or in capitals throughout; only its first words are looked at.

    Args:
        words: Runs of letters and digits.
    """
    sample = words[:_SAMPLE_WORDS]
    fewest = _FEWEST_OTHERS * len(sample)
    small = capital = letters = 0
    for word in sample:
        letters += word[0].isalpha()
        small += word[-1].islower()
        capital += word[0].isupper()
        if small > fewest and capital > fewest:
            return False
    return letters >= _FEWEST_WORDS


def with_capitals(text: str, lexicon: Lexicon, gazetteer: Gazetteer) -> str:
    """Return a text, as long as it was, in which likely names begin with a capital."""
    text = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    recased: dict[str, tuple[str, str]] = {}

    def forms_of(word: str) -> tuple[str, str]:
        forms = recased.get(word)
        if forms is None:
            capital = word[0].upper() + word[1:] if len(word[0].upper()) == 1 else word
            alone = capital if _is_name(word, capital, lexicon, gazetteer) else word
            forms = recased[word] = alone, word if _is_joint(word, lexicon) else capital
        return forms

    raised = list(_WORD.sub(lambda match: forms_of(match.group())[0], text))
    titled = _WORD.sub(lambda match: forms_of(match.group())[1], text)
    for match in _WORD.finditer(titled):
        start, word = match.start(), match.group()
        if word[0].isupper() and titled[match.end() : match.end() + 1] in _JOINS:
            for end, number in gazetteer.names_at(titled, start):
                if end > match.end() and gazetteer.features_of(number).best_prominence > _KNOWN:
                    raised[start:end] = titled[start:end]
                    break
    return "".join(raised)


def _is_joint(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word stays small within a name: `Democratic Republic of the Congo`."""
    return word in lexicon.cue("articles", "all") or word in lexicon.cue("prepositions", "neutral")


def _is_name(word: str, capital: str, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    if lexicon.frequency(word):
        return lexicon.name_share(word) >= _NAME
    number = gazetteer.name_number(capital) if len(word) >= _SHORTEST else -1
    return number >= 0 and gazetteer.features_of(number).best_prominence > _KNOWN
