"""Reading one article: sentences, quantities, mentions and what they denote."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.anaphors import anaphors_in
from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.candidates import Found
from gazetteer.reading.capitals import is_one_case, with_capitals
from gazetteer.reading.detection import detect
from gazetteer.reading.disambiguation import Choice, Disambiguator
from gazetteer.reading.finding import Finder
from gazetteer.reading.folders import languages
from gazetteer.reading.grammar import grammars
from gazetteer.reading.inquiry import ask_geocoder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Mention
from gazetteer.reading.quantities import Quantity, quantities_in
from gazetteer.reading.resolution import Resolution
from gazetteer.reading.roles import Roles
from gazetteer.reading.sentences import sentences_of
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.weighing import Weights
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.places.geocoding import Geocoder

Progress = Callable[[str, float], None]
"""Told the name of the present step and the share of it that is done, in [0, 1]."""

_ONE_CASE: Final = Wording(
    "Der Text ist durchweg klein oder durchweg groß geschrieben; gefunden werden nur Namen, die sonst "
    "kein Wort sind.",
    "The text is in small letters or in capitals throughout; only names that are no other word are found.",
)


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that was read from one article, each part in text order."""

    article: Article
    sentences: Sequence[Sentence]
    quantities: tuple[Quantity, ...]
    resolutions: tuple[Resolution, ...]
    warnings: tuple[Wording, ...] = ()
    """What went wrong without stopping the reading: an unread language, a geocoder without answer."""
    anaphors: tuple[Resolution, ...] = ()
    """Phrases that stand for a place named before, apart from the names; only the plain ones."""

    def in_order(self) -> tuple[Resolution, ...]:
        """Return names and anaphors together, in text order."""
        return tuple(sorted((*self.resolutions, *self.anaphors), key=lambda r: r.mention.span.start))


def read_articles(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    *,
    geocoder: Geocoder | None = None,
    progress: Progress | None = None,
) -> tuple[ArticleReading, ...]:
    """Read several articles, each by itself."""
    readings = []
    for i, article in enumerate(articles):
        if progress is not None:
            progress("reading", i / len(articles))
        readings.append(read_article(article, gazetteer, geocoder=geocoder))
    if progress is not None:
        progress("reading", 1.0)
    return tuple(readings)


def read_article(
    article: Article, gazetteer: Gazetteer, *, geocoder: Geocoder | None = None
) -> ArticleReading:
    """Read one article.

    Args:
        article: What to read; in a language we do not read, sentences are all that is found.
        gazetteer: Where names are looked up.
        geocoder: Asked, where given, for names that are surely places and not in the gazetteer.
    """
    sentences = sentences_of(article)
    if article.language not in languages():
        return ArticleReading(article, sentences, (), (), (_unread(),))
    finder = _finder(gazetteer, article.language)
    text = Text.of(article.text)
    words = Words.of(text.plain)
    quantities = quantities_in(
        article.text,
        article=article.id,
        language=article.language,
        words=words if text.origins is None else None,
    )
    warned: tuple[Wording, ...] = ()
    if is_one_case(words.words):
        text = dataclasses.replace(text, plain=with_capitals(text.plain, finder.lexicon, gazetteer))
        words = Words.of(text.plain)
        warned = (_ONE_CASE,)
    detected, here = detect(text.plain, words, finder, Weights.of(article.language))
    choices = Disambiguator.of(gazetteer, article.language).resolve(detected, here)
    choices, warnings = ask_geocoder(detected, choices, geocoder)
    named: Iterable[tuple[Found, Choice]] = zip(detected, choices, strict=True)
    if quantities:
        measured = _Measured(quantities)
        named = (one for one in named if not measured.touches(*text.original(one[0].start, one[0].end)))
    resolutions = tuple(_resolutions(article, text, named, Roles(here)))
    anaphors = anaphors_in(
        text, here.words, finder.lexicon, article=article, sentences=sentences, named=resolutions
    )
    return ArticleReading(article, sentences, quantities, resolutions, (*warned, *warnings), anaphors)


def _resolutions(
    article: Article, text: Text, named: Iterable[tuple[Found, Choice]], roles: Roles
) -> Iterator[Resolution]:
    """Yield what was decided on each name."""
    for found, choice in named:
        start, end = text.original(found.start, found.end)
        surface = article.text[start:end]
        if surface == found.name:
            surface = found.name  # one string for all that are equal
        kind, reading = roles.of(found, choice.entry)
        container = None
        if found.container_end > found.end:
            container = Span(article.id, start, text.original(found.start, found.container_end)[1])
        # By position: by name it takes half as long again, for each of hundreds.
        mention = Mention(Span(article.id, start, end), surface, kind, reading, container)
        yield Resolution(mention, choice.entry, choice.confidence, choice.candidates, choice.reason)


class _Measured:
    """The spans of an article's quantities; asked for by halving, as long texts hold thousands of them."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        spans = sorted((q.span.start, q.span.end) for q in quantities)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span shares a letter with any quantity."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


@lru_cache(maxsize=8)
def _finder(gazetteer: Gazetteer, language: str) -> Finder:
    return Finder(gazetteer, Lexicon.of(language))


@lru_cache(maxsize=1)
def _unread() -> Wording:
    """Say that a language is not read, and which are."""
    names = [grammar.name for grammar in grammars()]
    return Wording(
        "Die Sprache des Artikels wird nicht gelesen; Orte wurden nicht gesucht. "
        f"Gelesen wird: {', '.join(name.de for name in names)}.",
        "The article's language is not one we read; no places were looked for. "
        f"Read are: {', '.join(name.en for name in names)}.",
    )
