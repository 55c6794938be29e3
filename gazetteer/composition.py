"""Texts with decomposed letters (`o` and a diaeresis for `ö`), as some systems write them.

Reading wants composed letters, but spans must point into the text as it is in the file. So such an
article is read in its composed form, and what was read is carried back.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from gazetteer.reading.articles import Article, Span
from gazetteer.reading.sentences import Sentences

Value = TypeVar("Value")

_FORM: Final = "NFC"


class Composition:
    """One article in composed form, and the way back to its own offsets."""

    def __init__(self, article: Article) -> None:
        """Compose the text, cluster by cluster, so that every offset keeps its place."""
        self.original: Final = article
        pieces: list[str] = []
        self._composed_starts: list[int] = []
        self._original_starts: list[int] = []
        at = 0
        for start, cluster in _clusters(article.text):
            composed = unicodedata.normalize(_FORM, cluster)
            self._composed_starts.append(at)
            self._original_starts.append(start)
            pieces.append(composed)
            at += len(composed)
        self._length = at
        self.composed: Final = dataclasses.replace(article, text="".join(pieces))

    def original_offset(self, offset: int) -> int:
        """Return where an offset of the composed text lies in the file's own."""
        if offset >= self._length:
            return len(self.original.text)
        cluster = bisect_right(self._composed_starts, offset) - 1
        within = offset - self._composed_starts[cluster]
        return self._original_starts[cluster] + within

    def original_span(self, span: Span) -> Span:
        """Return a span of the composed text as a span of the file's own."""
        return Span(span.article, self.original_offset(span.start), self.original_offset(span.end))


def compositions(articles: Iterable[Article]) -> dict[str, Composition]:
    """Return a composition for each article that needs one, by id."""
    return {
        article.id: Composition(article)
        for article in articles
        if not unicodedata.is_normalized(_FORM, article.text)
    }


def carried_back(value: Value, known: Mapping[str, Composition]) -> Value:
    """Return a value with every span, and every text cut from a span, as the file has it."""
    return _carried_back(value, known) if known else value


def _carried_back(value: Any, known: Mapping[str, Composition]) -> Any:  # noqa: ANN401 - any value of ours
    if isinstance(value, Span):
        return known[value.article].original_span(value) if value.article in known else value
    if isinstance(value, Article):
        return known[value.id].original if value.id in known else value
    if isinstance(value, tuple | Sentences):
        return tuple(_carried_back(item, known) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        new = _slice_of(value, old, known) if isinstance(old, str) else _carried_back(old, known)
        if new is not old and field.init:
            changed[field.name] = new
    return dataclasses.replace(value, **changed) if changed else value


def _slice_of(value: Any, text: str, known: Mapping[str, Composition]) -> str:  # noqa: ANN401
    # `surface`, `quote`, `word`: whatever is cut from the composed text is cut from the file's own.
    span = getattr(value, "span", None)
    if not isinstance(span, Span) or span.article not in known or len(text) != span.end - span.start:
        return text
    composition = known[span.article]
    if composition.composed.text[span.start : span.end] != text:
        return text
    own = composition.original_span(span)
    return composition.original.text[own.start : own.end]


def _clusters(text: str) -> Iterable[tuple[int, str]]:
    """Yield what composes together, a letter and its marks or a Hangul syllable, and where it starts."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _stands_alone(text[start:at], text[at]):
            yield start, text[start:at]
            start = at


def _stands_alone(cluster: str, following: str) -> bool:
    if unicodedata.combining(following):
        return False
    together = unicodedata.normalize(_FORM, cluster + following)
    return together == unicodedata.normalize(_FORM, cluster) + unicodedata.normalize(_FORM, following)
