"""Anaphors: `diese Stadt`, `dort`, `the island`, with the place named before that they stand for.

Only where it is plain: one place alone in a sentence shortly before fits. Claims and journeys follow
their own, bolder rules; these mentions are for readers.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import compress, count
from typing import Final

from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Article, Span
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory
from gazetteer.reading.mentions import Kind, Mention, Reading
from gazetteer.reading.resolution import Resolution
from gazetteer.reading.sentences import Sentences
from gazetteer.reading.tokens import Text, Words
from gazetteer.wording import Wording

_FITS: Final = {
    "city": frozenset({Feature.CITY}),
    "country": frozenset({Feature.COUNTRY}),
    "island": frozenset({Feature.ISLAND}),
}
_SPOTS: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND})
_SENTENCES_BACK: Final = {True: 3, False: 1}
"""How many sentences back a demonstrative, and any other phrase, is followed."""
_TRUST: Final = 0.8
"""Share of such phrases that stand for the place found; a judgement."""


def anaphors_in(
    text: Text,
    words: Words,
    lexicon: Lexicon,
    *,
    article: Article,
    sentences: Sentences,
    named: Sequence[Resolution],
) -> tuple[Resolution, ...]:
    """Return the phrases that stand for one of the places named in an article, in text order.

    Args:
        text: The article's text, from which the spans lead back.
        words: The words of its plain form.
        lexicon: The tables of its language.
        article: What is read; the phrases are cut from it, as `text` may have other capitals.
        sentences: Its sentences, in order.
        named: What was read from it, in text order.
    """
    places = [r for r in named if r.mention.kind is Kind.TOPONYM and r.entry is not None]
    if not places:
        return ()
    phrases = list(_phrases(words, lexicon))
    if not phrases:
        return ()
    starts = [place.mention.span.start for place in places]
    found = []
    for first, last, features, is_near in phrases:
        start, end = text.original(first, last)
        number = bisect.bisect_right(sentences.starts, start) - 1
        near = (
            places[bisect.bisect_left(starts, begins) : bisect.bisect_left(starts, ends)]
            for begins, ends in sentences.back_from(number, _SENTENCES_BACK[is_near] + 1)
        )
        antecedent = _antecedent(near, (start, end), features)
        if antecedent is not None:
            span = Span(article.id, start, end)
            found.append(_standing_for(antecedent, span, article.text[start:end]))
    return tuple(found)


def _phrases(words: Words, lexicon: Lexicon) -> Iterator[tuple[int, int, frozenset[Feature], bool]]:
    """Yield start, end, what the antecedent may be, and whether the phrase points with emphasis."""
    fits, opens = _openings(lexicon.language)
    openings = list(compress(count(), map(opens.__getitem__, words.words)))
    if not openings:
        return
    adverbs, determiners = lexicon.cue("anaphors", "adverbs"), lexicon.cue("anaphors", "determiners")
    not_before, joints = lexicon.cue("anaphors", "not_before"), lexicon.cue("anaphors", "joints")
    for i in openings:
        word = words.words[i].lower()
        after = words.words[i + 1].lower() if i + 1 < len(words.words) else ""
        if word in adverbs and after not in not_before:
            yield words.starts[i], words.ends[i], _SPOTS, False
        elif word in fits and i and (before := words.words[i - 1].lower()) in determiners:
            if words.gaps[i] != " " or after in joints or words.gaps[i + 1].startswith("-"):
                continue
            is_near = before in lexicon.cue("anaphors", "demonstratives")
            yield words.starts[i - 1], words.ends[i], fits[word], is_near


@cache
def _openings(language: str) -> tuple[dict[str, frozenset[Feature]], Memory[bool]]:
    """Return what each noun may stand for, and whether a word is such a noun or adverb."""
    lexicon = Lexicon.of(language)
    fits = {noun: _FITS[kind] for kind in _FITS for noun in lexicon.cue("anaphors", kind)}
    adverbs = lexicon.cue("anaphors", "adverbs")
    return fits, Memory(lambda word: (lower := word.lower()) in adverbs or lower in fits)


def _antecedent(
    nearest_first: Iterable[Sequence[Resolution]], phrase: tuple[int, int], features: frozenset[Feature]
) -> Resolution | None:
    """Return the one fitting place of the nearest sentence that has any; None where there are two."""
    start, end = phrase
    for sentence in nearest_first:
        fitting = []
        for resolution in sentence:
            span = resolution.mention.span
            if start <= span.start <= end + 4:
                return None  # `die Stadt Minsk`, `the city of Minsk`: it has its own name
            if span.end <= start and resolution.entry is not None and resolution.entry.feature in features:
                fitting.append(resolution)
        if fitting:
            places = {r.entry.id for r in fitting if r.entry is not None}
            return fitting[-1] if len(places) == 1 else None
    return None


def _standing_for(antecedent: Resolution, span: Span, surface: str) -> Resolution:
    said = antecedent.mention.surface
    mention = Mention(
        span=span,
        surface=surface,
        kind=Kind.ANAPHOR,
        reading=Reading.PLACE,
    )
    why = Wording(f"steht für das zuvor genannte „{said}“", f"stands for “{said}”, named before")
    confidence = _TRUST * antecedent.confidence
    return Resolution(mention, antecedent.entry, confidence, antecedent.candidates[:1], why)
