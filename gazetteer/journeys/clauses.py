"""Clauses: the pieces of a sentence in which one thing happens at one place and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gazetteer.journeys.calendar import TimeExpression, time_expressions
from gazetteer.journeys.vocabulary import Form, TriggerWord, Vocabulary, vocabulary_of
from gazetteer.reading.articles import Span
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*'?|[,;:–—()]")
_BREAKS: Final = frozenset(",;:–—")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark, with offsets into the article's text."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        """The word without regard to case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a clause; `index` is the place of its head among the clause's tokens."""

    index: int
    word: TriggerWord


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between breaks, with what stands in it."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    places: tuple[Resolution, ...]
    times: tuple[TimeExpression, ...]

    @property
    def lows(self) -> tuple[str, ...]:
        """The clause's words without regard to case."""
        return tuple(token.low for token in self.tokens)


@dataclass(frozen=True, slots=True)
class SentenceClauses:
    """One sentence and its clauses in order."""

    span: Span
    clauses: tuple[Clause, ...]


def clauses_of(reading: ArticleReading) -> tuple[SentenceClauses, ...]:
    """Cut every sentence of an article into clauses, with triggers, places and times in each.

    An article in a language we do not read has none.
    """
    vocabulary = vocabulary_of(reading.article.language)
    if vocabulary is None:
        return ()
    text = reading.article.text
    times = time_expressions(text, article=reading.article.id, language=reading.article.language)
    return tuple(
        SentenceClauses(
            sentence.span,
            _cut(
                tuple(_tokens(text, sentence.span)),
                [r for r in reading.resolutions if sentence.span.holds(r.mention.span)],
                [t for t in times if sentence.span.holds(t.span)],
                vocabulary,
            ),
        )
        for sentence in reading.sentences
    )


def _tokens(text: str, span: Span) -> list[Token]:
    return [
        Token(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text, span.start, span.end)
    ]


def _cut(
    tokens: tuple[Token, ...],
    places: Sequence[Resolution],
    times: Sequence[TimeExpression],
    vocabulary: Vocabulary,
) -> tuple[Clause, ...]:
    bounds = [0]
    for index, token in enumerate(tokens):
        if token.text in _BREAKS and not _joins(tokens, index, places, times):
            bounds.append(index + 1)
        elif (
            token.low in vocabulary.words["conjunctions"]
            and index
            and _acts_on_both_sides(tokens, bounds[-1], index, vocabulary)
        ):
            bounds.append(index)
    bounds.append(len(tokens))
    clauses = []
    for first, last in pairwise(bounds):
        words = tuple(token for token in tokens[first:last] if token.text not in _BREAKS)
        if words:
            clauses.append(_clause(words, places, times, vocabulary))
    return tuple(clauses)


def _joins(
    tokens: tuple[Token, ...], index: int, places: Sequence[Resolution], times: Sequence[TimeExpression]
) -> bool:
    """Tell whether a comma stands within a date or between places of a list."""
    mark = tokens[index]
    if any(time.span.start < mark.start < time.span.end for time in times):
        return True
    before = any(place.mention.span.end == tokens[index - 1].end for place in places) if index else False
    if not before or mark.text != "," or index + 1 >= len(tokens):
        return False
    following = next((p for p in places if p.mention.span.start == tokens[index + 1].start), None)
    if following is None:
        return False
    after = next((t for t in tokens[index + 1 :] if t.start >= following.mention.span.end), None)
    return after is None or after.text == "," or after.low in ("und", "and", "sowie")


def _speaks(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    return any(token.low in vocabulary.words["reporting_verbs"] for token in tokens)


def _acts_on_both_sides(tokens: tuple[Token, ...], start: int, index: int, vocabulary: Vocabulary) -> bool:
    end = next((i for i in range(index, len(tokens)) if tokens[i].text in _BREAKS), len(tokens))
    return all(
        any(hit.word.form is not Form.NOUN for hit in _hits(piece, vocabulary))
        for piece in (tokens[start:index], tokens[index:end])
    )


def _clause(
    words: tuple[Token, ...],
    places: Sequence[Resolution],
    times: Sequence[TimeExpression],
    vocabulary: Vocabulary,
) -> Clause:
    start, end = words[0].start, words[-1].end
    return Clause(
        start,
        end,
        words,
        tuple(_hits(words, vocabulary)),
        tuple(p for p in places if start <= p.mention.span.start < end),
        tuple(t for t in times if start <= t.span.start < end),
    )


def _hits(words: Sequence[Token], vocabulary: Vocabulary) -> list[Hit]:
    hits = []
    for index, token in enumerate(words):
        pair = f"{token.low} {words[index + 1].low}" if index + 1 < len(words) else ""
        choices = vocabulary.triggers.get(pair) or vocabulary.triggers.get(token.low, ())
        fitting = [word for word in choices if _fits(word, words, index, vocabulary)]
        if fitting:
            # A particle that is there says more than a head alone: "kam … an" is no "kam".
            fitting.sort(key=lambda word: not word.particles)
            hits.append(Hit(index, _form_for(fitting, words, vocabulary)))
    return hits


def _fits(word: TriggerWord, words: Sequence[Token], index: int, vocabulary: Vocabulary) -> bool:
    token = words[index]
    if vocabulary.nouns_capitalised:
        capital = token.text[:1].isupper()
        if (word.form is Form.NOUN) != capital and not (
            index == 0 and capital and word.form is not Form.NOUN
        ):
            return False
    if not word.particles:
        return True
    if vocabulary.nouns_capitalised:  # German puts the particle last
        return index < len(words) - 1 and words[-1].low in word.particles
    return any(following.low in word.particles for following in words[index + 1 : index + 3])


def _form_for(fitting: list[TriggerWord], words: Sequence[Token], vocabulary: Vocabulary) -> TriggerWord:
    """Choose among forms that are spelt alike: a modal asks for the bare one, an auxiliary for the participle."""
    best = [word for word in fitting if bool(word.particles) == bool(fitting[0].particles)]
    lows = {token.low for token in words}
    modal = not lows.isdisjoint(
        vocabulary.certainty["planned"] | {"könnte", "könnten", "could", "might", "may"}
    )
    for form in (Form.BARE,) if modal else (Form.PARTICIPLE, Form.PAST, Form.PRESENT):
        for word in best:
            if word.form is form:
                return word
    return best[0]
