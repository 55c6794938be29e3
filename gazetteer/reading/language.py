"""Which language is an article written in? Told by its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import Final

UNDETERMINED: Final = "und"
"""ISO 639-2 for a language that is none we read."""

_SAMPLE_CHARS: Final = 20_000
_MIN_SHARE: Final = 0.08
"""Of an article's words; German and English news have 0.25 to 0.45 of the words listed."""
_WORD = re.compile(r"[^\W\d_]+")


def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages we read: one folder each."""
    return tuple(sorted(_function_words()[0]))


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
    best = max(scores, key=lambda code: scores[code])
    total = sum(words.values())
    if not total or scores[best] <= others or scores[best] < _MIN_SHARE * total:
        return UNDETERMINED
    return best


@cache
def _function_words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    folder = resources.files("gazetteer.reading") / "languages"
    listed = tomllib.loads((folder / "function_words.toml").read_text(encoding="utf-8"))
    ours = {code: frozenset(words.split()) for code, words in listed["read"].items()}
    foreign = {code: frozenset(words.split()) for code, words in listed["not_read"].items()}
    return ours, foreign
