"""Which language is an article written in? Told by its function words, else by its common ones."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from gazetteer.reading.folders import UNDETERMINED, languages
from gazetteer.reading.grammar import grammars
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tables import table

_SAMPLE_CHARS: Final = 20_000
_MIN_SHARE: Final = 0.08
"""Of an article's words; German and English news have 0.25 to 0.45 of the words listed."""
_LOW_SHARE: Final = 0.03
"""Of a list of names, a table or a ticker, which has few function words."""
_FEWEST_DISTINCT: Final = 3
_FEWEST_COMMON: Final = 3
"""Ordinary words that tell the language of a headline without function words."""
_HALF: Final = 0.6
"""Of the words must be ordinary ones of the language where function words speak for another."""
_AHEAD: Final = 1.6
"""Times as many ordinary words as of any other language we read."""
_NAME: Final = 5
"""Share, in tenths, from which a common word is rather a name, and tells nothing."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of a text, `und` where it is none we read.

    Only the beginning and the middle are looked at, so the cost does not grow with the text.
    """
    half = _SAMPLE_CHARS // 2
    middle = len(text) // 2
    sample = text if len(text) <= _SAMPLE_CHARS else f"{text[:half]} {text[middle : middle + half]}"
    words = Counter(_WORD.findall(sample.lower()))
    ours, foreign = _function_words()
    scores = {code: sum(words[word] for word in listed) for code, listed in ours.items()}
    others = max((sum(words[word] for word in listed) for listed in foreign.values()), default=0)
    best, *rivals = sorted(scores, key=lambda code: -scores[code])
    rival = max((scores[code] for code in rivals), default=0)
    total = sum(words.values())
    distinct = sum(word in words for word in ours[best])
    plainly = distinct >= _FEWEST_DISTINCT and scores[best] > 2 * others
    enough = (_LOW_SHARE if plainly else _MIN_SHARE) * total
    if scores[best] > max(others, rival) and scores[best] >= enough:
        return best
    return _by_common_words(words, _HALF * total if others > 1 else 0.0)


def _by_common_words(words: Counter[str], enough: float) -> str:
    """Tell the language of a headline or a table, whose few function words may be those of any."""
    common = dict.fromkeys(languages(), 0)
    for code in common:
        lexicon = Lexicon.of(code)
        common[code] = sum(
            count
            for word, count in words.items()
            if lexicon.frequency(word) > 0 and lexicon.name_share(word) < _NAME
        )
    best, *rivals = sorted(common, key=lambda code: -common[code])
    rival = max((common[code] for code in rivals), default=0)
    sure = common[best] >= max(_FEWEST_COMMON, enough) and common[best] > _AHEAD * rival
    return best if sure else UNDETERMINED


@cache
def _function_words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    ours = {grammar.language: grammar.function_words for grammar in grammars()}
    listed = table("other_languages.toml")
    return ours, {code: frozenset(words.split()) for code, words in listed.items() if code not in ours}
