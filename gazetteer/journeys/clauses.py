"""Clauses: the pieces of a sentence in which one thing happens at one place and time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from sys import intern
from typing import Final, NamedTuple, Self, TypeVar

from gazetteer.journeys.calendar import TimeExpression, time_expressions
from gazetteer.journeys.vocabulary import Form, TriggerWord, Vocabulary, vocabulary_of
from gazetteer.reading.articles import Span
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_Item = TypeVar("_Item")

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-.'’][^\W_]+)*'?|[,;:–—()]|(?<=\s)-(?=\s)")
_REMEMBERED_CLAUSES: Final = 16
_LONGEST_CLAUSE_WORDS: Final = 60
_OPENING_WORDS: Final = 2
"""So many words may stand before a time that opens a clause: `Am Samstag, dem 30. Juli, fährt …`."""
_BREAKS: Final = frozenset(",;:–—-")


class Token(NamedTuple):
    """A word or a punctuation mark, with offsets into the article's text."""

    start: int
    end: int
    text: str
    low: str
    """The word without regard to case; asked for ten times a word."""

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Return the token that an expression has found."""
        text = intern(match[0])  # the words of many articles are there at once, and mostly the same
        return cls(*match.span(), text, intern(text.lower()))


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
    shared: frozenset[str] = frozenset()
    """Auxiliaries of the clause before that this one shares: `hatte Kiel verlassen und Celle erreicht`."""

    @property
    def lows(self) -> tuple[str, ...]:
        """The clause's words without regard to case."""
        return tuple(token.low for token in self.tokens)

    def is_timed(self, token: Token) -> bool:
        """Tell whether a word belongs to a date or an hour."""
        return any(time.span.start <= token.start < time.span.end for time in self.times)

    @property
    def untimed_lows(self) -> tuple[str, ...]:
        """The same without the words of dates: the `May` of `May 16` allows nothing."""
        return tuple(token.low for token in self.tokens if not self.is_timed(token))


@dataclass(frozen=True, slots=True)
class SentenceClauses:
    """One sentence and its clauses in order."""

    span: Span
    clauses: tuple[Clause, ...]
    words: frozenset[str]
    """All its words without regard to case."""

    def before(self, index: int) -> tuple[Clause, ...]:
        """Return the clauses before one, only so many as a reader keeps in mind."""
        return self.clauses[max(0, index - _REMEMBERED_CLAUSES) : index]


def clauses_of(reading: ArticleReading) -> tuple[SentenceClauses, ...]:
    """Cut every sentence of an article into clauses, with triggers, places and times in each.

    An article in a language we do not read has none.
    """
    vocabulary = vocabulary_of(reading.article.language)
    if vocabulary is None:
        return ()
    text = reading.article.text
    times = time_expressions(text, article=reading.article.id, language=reading.article.language)
    place_starts = [resolution.mention.span.start for resolution in reading.resolutions]
    time_starts = [time.span.start for time in times]
    cut = []
    for sentence in reading.sentences:
        span = sentence.span
        places = _between(reading.resolutions, place_starts, span.start, span.end)
        within = _between(times, time_starts, span.start, span.end)
        tokens = tuple(_tokens(text, span))
        words = frozenset(token.low for token in tokens)
        cut.append(SentenceClauses(span, _cut(tokens, places, within, vocabulary), words))
    return tuple(cut)


def with_pairs(lows: Sequence[str]) -> set[str]:
    """Return the words and the pairs of neighbouring words, for cues such as `set to`."""
    return {*lows, *(f"{one} {other}" for one, other in pairwise(lows))}


def is_rumour(words: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Tell whether a modal is said of the past: `soll gereist sein`, `is said to have left`."""
    lows = [token.low for token in words]
    modal = next((n for n, low in enumerate(lows) if low in vocabulary.words["rumours"]), None)
    if modal is None:
        return False
    perfect = vocabulary.words["perfect_infinitives"]
    if vocabulary.grammar.verb_second:
        return lows[-1] in perfect and lows[-2] in vocabulary.triggers if len(lows) > 1 else False
    return any(low in perfect for low in lows[modal + 1 : modal + 4])


def _between(items: Sequence[_Item], starts: Sequence[int], start: int, end: int) -> Sequence[_Item]:
    """Return the items that begin in [start, end); `starts` are their beginnings, in order."""
    return items[bisect_left(starts, start) : bisect_left(starts, end)]


def _tokens(text: str, span: Span) -> list[Token]:
    return list(map(Token.of, _TOKEN.finditer(text, span.start, span.end)))


def _cut(
    tokens: tuple[Token, ...],
    places: Sequence[Resolution],
    times: Sequence[TimeExpression],
    vocabulary: Vocabulary,
) -> tuple[Clause, ...]:
    place_starts = [place.mention.span.start for place in places]
    time_starts = [time.span.start for time in times]
    bounds = [0]
    for index, token in enumerate(tokens):
        if token.text in _BREAKS and not _joins(
            tokens, index, bounds[-1], vocabulary, (places, place_starts), (times, time_starts)
        ):
            bounds.append(index + 1)
        elif (
            token.low in vocabulary.words["conjunctions"]
            and index
            and _acts_on_both_sides(tokens, bounds[-1], index, vocabulary)
        ):
            bounds.append(index)
        elif index - bounds[-1] >= _LONGEST_CLAUSE_WORDS:
            # Everything in a clause is weighed against everything else; no writer's clause is as long.
            bounds.append(index)
    bounds.append(len(tokens))
    clauses: list[Clause] = []
    for first, last in pairwise(bounds):
        words = tuple(token for token in tokens[first:last] if token.text not in _BREAKS)
        if words:
            start, end = words[0].start, words[-1].end
            here = tuple(_between(places, place_starts, start, end))
            when = tuple(_between(times, time_starts, start, end))
            shared = _shared_with(clauses[-1], words, vocabulary) if clauses else frozenset[str]()
            hits = tuple(_hits(words, vocabulary, shared))
            clauses.append(Clause(start, end, words, hits, here, when, shared))
    return tuple(clauses)


def _shared_with(before: Clause, words: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the auxiliaries that a clause opening with a conjunction takes from the one before it."""
    if words[0].low not in vocabulary.words["conjunctions"]:
        return frozenset()
    auxiliaries = {*vocabulary.words["auxiliaries"], *vocabulary.words["pluperfect_auxiliaries"]}
    finite = {token.low for token in words} & (auxiliaries | {*vocabulary.words["be"]})
    if finite:
        return frozenset()
    return frozenset({token.low for token in before.tokens} & auxiliaries) | before.shared


def _last_before(items: Sequence[_Item], starts: Sequence[int], at: int) -> _Item | None:
    number = bisect_left(starts, at)
    return items[number - 1] if number else None


def _joins(  # noqa: PLR0911, PLR0917 - one return for each case
    tokens: tuple[Token, ...],
    index: int,
    first: int,
    vocabulary: Vocabulary,
    places: tuple[Sequence[Resolution], Sequence[int]],
    times: tuple[Sequence[TimeExpression], Sequence[int]],
) -> bool:
    """Tell whether a comma stands within a date, behind one that opens, or between places of a list."""
    mark = tokens[index]
    time = _last_before(*times, mark.start)
    if time is not None and mark.start < time.span.end:
        return True
    if time is not None and mark.text == "," and mark.start == time.span.end and first < index:
        opener = tokens[index + 1].low if index + 1 < len(tokens) else ""
        if "," in time.words and time.weekdays and not _opens_clause(opener, vocabulary):
            return True  # `am Samstag, 12. Oktober, von Ulm aus`: the comma closes the date
        opening = sum(t.end <= time.span.start for t in tokens[first : first + _OPENING_WORDS + 1])
        if opening <= _OPENING_WORDS and time.span.start <= tokens[first + opening].start:
            return True
    before = _last_before(*places, mark.start)
    if index == 0 or before is None or before.mention.span.end != tokens[index - 1].end:
        return False
    if mark.text != "," or index + 1 >= len(tokens):
        return False
    start = tokens[index + 1].start
    following = _last_before(*places, start + 1)
    if following is None or following.mention.span.start != start:
        return False
    after = next((t for t in tokens[index + 1 : index + 8] if t.start >= following.mention.span.end), None)
    return after is None or after.text == "," or after.low in vocabulary.words["list_joints"]


def _opens_clause(low: str, vocabulary: Vocabulary) -> bool:
    words = vocabulary.words
    openers = (words["relatives"], words["conjunctions"], words["relative_breaks"], words["conditionals"])
    return any(low in group for group in openers) or any(o.split()[-1] == low for o in words["relative_at"])


def _speaks(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    return any(token.low in vocabulary.words["reporting_verbs"] for token in tokens)


def _acts_on_both_sides(tokens: tuple[Token, ...], start: int, index: int, vocabulary: Vocabulary) -> bool:
    limit = min(len(tokens), index + _LONGEST_CLAUSE_WORDS)
    end = next((i for i in range(index + 1, limit) if _ends_piece(tokens[i], vocabulary)), limit)
    start = max(start, index - _LONGEST_CLAUSE_WORDS)
    return all(
        any(hit.word.form is not Form.NOUN for hit in _hits(piece, vocabulary))
        for piece in (tokens[start:index], tokens[index:end])
    )


def _ends_piece(token: Token, vocabulary: Vocabulary) -> bool:
    return token.text in _BREAKS or token.low in vocabulary.words["conjunctions"]


def _hits(words: Sequence[Token], vocabulary: Vocabulary, shared: frozenset[str] = frozenset()) -> list[Hit]:
    hits = []
    paired = -1
    for index, token in enumerate(words):
        if index == paired or token.low not in vocabulary.openings:
            continue  # the `geblieben` of `liegen geblieben`, and most words
        pair = f"{token.low} {words[index + 1].low}" if index + 1 < len(words) else ""
        following = " ".join(word.low for word in words[index + 1 : index + 3])
        if " " in following and following in vocabulary.triggers:
            pair = ""  # `was held up` is `held up`, not `was held`
        paired = index + 1 if pair in vocabulary.triggers else -1
        choices = vocabulary.triggers.get(pair) or vocabulary.triggers.get(token.low, ())
        fitting = [word for word in choices if _fits(word, words, index, vocabulary)]
        if fitting:
            # A particle that is there says more than a head alone: "kam … an" is no "kam".
            fitting.sort(key=lambda word: not word.particles)
            hits.append(Hit(index, _form_for(fitting, words, vocabulary, shared)))
    return hits


def _fits(  # noqa: PLR0911 - one return for each case
    word: TriggerWord, words: Sequence[Token], index: int, vocabulary: Vocabulary
) -> bool:
    token = words[index]
    if vocabulary.grammar.nouns_are_capitalised:
        capital = token.text[:1].isupper()
        if (word.form is Form.NOUN) != capital and not (
            index == 0 and capital and word.form is not Form.NOUN
        ):
            return False
    elif word.form is Form.BARE and _has_determiner(words, index, vocabulary):
        return False  # `a visit`, `his three-day tour`
    elif word.form is Form.BARE and _is_compound(words, index, vocabulary):
        return False
    if word.trigger.passive and all(other.low not in vocabulary.words["passives"] for other in words):
        return False
    if not word.particles:
        return True
    if word.anywhere:
        stations = vocabulary.words["stations"]
        return any(
            word.takes(other.low) and not (nth + 1 < len(words) and words[nth + 1].low in stations)
            for nth, other in enumerate(words)
            if nth != index
        )
    if vocabulary.grammar.verb_second:  # and the particle last
        return index < len(words) - 1 and words[-1].low in word.particles
    return any(following.low in word.particles for following in words[index + 1 : index + 3])


def _is_compound(words: Sequence[Token], index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a word only goes on a noun: `at a truck stop`."""
    before = words[max(0, index - 2) : index]
    return (
        len(before) > 1
        and before[1].low in vocabulary.vehicles
        and before[0].low in vocabulary.words["determiners"]
    )


def _has_determiner(words: Sequence[Token], index: int, vocabulary: Vocabulary) -> bool:
    for token in reversed(words[max(0, index - 3) : index]):
        if token.low in vocabulary.words["determiners"] or token.low in vocabulary.possessives:
            return True
        if (
            token.low in vocabulary.triggers
            or token.low in vocabulary.words["infinitive_marks"]
            or token.low in vocabulary.certainty["planned"]
            or token.low in vocabulary.roles
            or token.low in vocabulary.vehicles
            or token.low.endswith("s")
        ):
            return False
    return False


def _form_for(
    fitting: list[TriggerWord], words: Sequence[Token], vocabulary: Vocabulary, shared: frozenset[str]
) -> TriggerWord:
    """Choose among forms spelt alike: a modal asks for the bare one, an auxiliary for the participle."""
    best = [word for word in fitting if bool(word.particles) == bool(fitting[0].particles)]
    lows = with_pairs([token.low for token in words])
    modal = not lows.isdisjoint(vocabulary.certainty["planned"]) or not lows.isdisjoint(
        vocabulary.words["possible"]
    )
    modal = modal and not is_rumour(words, vocabulary)
    auxiliaries = vocabulary.words["auxiliaries"]
    perfect = (
        not auxiliaries or bool(shared) or not lows.isdisjoint(auxiliaries)
    )  # `besucht` alone is present tense
    told = (Form.PARTICIPLE, Form.PAST, Form.PRESENT) if perfect else (Form.PAST, Form.PRESENT)
    for form in (Form.BARE,) if modal else told:
        for word in best:
            if word.form is form:
                return word
    return best[0]
