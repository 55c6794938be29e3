"""Dating: on which day did an article without a date appear?

Weekdays and yearless dates mean nothing without that day. It is taken from the article where the
article says it; else inferred, as a small puzzle: the words `morgen (18. Juni)` fix it, dates with a
year bound it, and articles on the same story lend each other their dates. A reference day is accepted
only if every weekday of the article then falls into the span of days that a related article dates.
If nothing fixes it, nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gazetteer.journeys.assertions import assertion_of
from gazetteer.journeys.calendar import Shape, TimeExpression, Toward
from gazetteer.journeys.clauses import Clause, SentenceClauses
from gazetteer.journeys.days import days_of
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import Form, Vocabulary, vocabulary_of
from gazetteer.journeys.weeks import days_written
from gazetteer.places.entries import Feature
from gazetteer.reading.reader import ArticleReading
from gazetteer.wording import Wording

_FRESH_DAYS: Final = 120
"""A yearless date is read as the next one after a past date with a year if no further off than this."""
_LONGEST_ANCHOR_DAYS: Final = 10
_AROUND_ANCHOR_DAYS: Final = 3
"""How long before and after an anchored span an article about it may appear."""
_HEAD_SENTENCES: Final = 5
_LONGEST_DATELINE_CHARS: Final = 60
_DATELINE_HEAD: Final = re.compile(r"(?:[^\Wa-z_][\w.]*+|[(),/|:.–—-]|\s)*+")
_AT_END_CHARS: Final = 40
"""So near to the end of a text a date alone is that of the text."""
_CLOSING: Final = re.compile(r"[\s)\].]*(?:\n|$)")
_DATELINE_END: Final = re.compile(r"\.?\s*(?:[–—|:(-]|$|\n)|\.\s|\.$")
_WIDE: Final = frozenset({Feature.COUNTRY, Feature.CONTINENT, Feature.REGION, Feature.WATER})


@dataclass(frozen=True, slots=True)
class ReferenceDate:
    """The day, or the first and last day, on which an article may have appeared."""

    earliest: dt.date
    latest: dt.date
    inferred: bool
    confidence: float
    """In [0, 1]; 1 where the article says it."""
    note: Wording | None
    """How it was inferred."""

    @property
    def is_exact(self) -> bool:
        """Tell whether a single day is meant."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class DatedWords:
    """A time expression with the tense of its clause and what its sentence names."""

    time: TimeExpression
    toward: Toward
    clause: int
    """Number of the clause in its article."""
    places: frozenset[str]
    """Ids of the towns and facilities named in the sentence."""
    dateline: bool = False
    """The date stands alone at the head or the end of the text: `Berlin, 14. März 2024.`"""
    spoken: bool = False
    """Somebody said so on that day: `the ministry said on Oct. 12, 2023`."""


def reference_dates(
    readings: Sequence[ArticleReading], cast: Cast, clauses: Mapping[str, Sequence[SentenceClauses]]
) -> dict[str, ReferenceDate]:
    """Return the reference date of every article for which one is known or follows; others are left out.

    Args:
        readings: In any order, which changes nothing.
        cast: Who is named in them.
        clauses: Of each article, by its id.
    """
    words = {
        reading.article.id: tuple(_dated_words(reading, clauses[reading.article.id])) for reading in readings
    }
    known: dict[str, ReferenceDate] = {}
    for reading in readings:
        article = reading.article
        if article.published is not None:
            known[article.id] = ReferenceDate(
                article.published, article.published, inferred=False, confidence=1.0, note=None
            )
        else:
            own = _own_reference(words[article.id])
            if own is not None:
                known[article.id] = own
    anchors = tuple(dict.fromkeys(a for reading in readings for a in _anchors(reading, words, known)))
    for reading in readings:
        undated = reading.article.id
        if undated not in known or not known[undated].is_exact:
            found = _from_story(reading, words[undated], anchors, cast, known.get(undated))
            if found is not None:
                known[undated] = found
    return known


def _dated_words(reading: ArticleReading, sentences: Sequence[SentenceClauses]) -> Iterator[DatedWords]:
    vocabulary = vocabulary_of(reading.article.language)
    if vocabulary is None:
        return
    number = 0
    for at, sentence in enumerate(sentences):
        places = frozenset(
            p.entry.id
            for clause in sentence.clauses
            for p in clause.places
            if p.entry is not None and p.entry.feature not in _WIDE
        )
        for index, clause in enumerate(sentence.clauses):
            number += 1
            for time in clause.times:
                head = at < _HEAD_SENTENCES and _is_dateline(
                    reading.article.text, sentence.span.start, time, vocabulary
                )
                head = head or _is_closing(reading.article.text, clause, time)
                toward = _tense(sentence, index, clause, vocabulary)
                yield DatedWords(time, toward, number, places, head, _is_spoken(clause, vocabulary))


def _is_spoken(clause: Clause, vocabulary: Vocabulary) -> bool:
    acts = any(hit.word.form is not Form.NOUN for hit in clause.hits)
    return not acts and any(low in vocabulary.words["reporting_verbs"] for low in clause.lows)


def _is_closing(text: str, clause: Clause, time: TimeExpression) -> bool:
    """Tell whether a full date stands alone at the end of the text: `(21.08.2024)`, `Stand: 3. Mai 2023`."""
    alone = len([t for t in clause.tokens if t.text not in "()" and t.end <= time.span.start]) == 0
    return (
        alone
        and time.names_year
        and time.names_day
        and time.shape is Shape.DATE
        and len(text) - time.span.end <= _AT_END_CHARS
        and _CLOSING.match(text, time.span.end) is not None
    )


def _is_dateline(text: str, start: int, time: TimeExpression, vocabulary: Vocabulary) -> bool:
    """Tell whether nothing but a place or an agency stands before a date, and no verb behind it."""
    before = text[start : time.span.start]
    behind = text[time.span.end : time.span.end + 3]
    return (
        time.names_day
        and time.shape is Shape.DATE
        and len(before) <= _LONGEST_DATELINE_CHARS
        and _DATELINE_HEAD.fullmatch(before) is not None
        and not before.startswith(tuple(f"{word} " for word in vocabulary.words["no_datelines"]))
        and _DATELINE_END.match(behind) is not None
    )


def _tense(sentence: SentenceClauses, index: int, clause: Clause, vocabulary: Vocabulary) -> Toward:
    verbs = [hit for hit in clause.hits if hit.word.form is not Form.NOUN] or list(clause.hits)
    if verbs:
        return assertion_of(sentence, index, verbs[-1], vocabulary).toward
    lows = set(clause.lows)
    ahead = lows & (vocabulary.certainty["planned"] - vocabulary.certainty["passive_auxiliaries"])
    return Toward.FUTURE if ahead and lows.isdisjoint(vocabulary.words["reporting_verbs"]) else Toward.PAST


def _own_reference(words: Sequence[DatedWords]) -> ReferenceDate | None:
    """Read or infer from the article alone."""
    floor = _latest_past_day(words)
    said = next((day for word in words if word.dateline and (day := _dateline_day(word.time, words))), None)
    if said is not None:
        return ReferenceDate(said, said, inferred=False, confidence=0.95, note=None)
    spoken = [
        days[0]
        for w in words
        if w.spoken and w.time.names_year and w.time.names_day and (days := days_of(w.time, None))
    ]
    if spoken and max(spoken) == floor:
        note = Wording(
            f"Erscheinungstag erschlossen: {floor:%d.%m.%Y}, der Tag, an dem es laut Artikel gesagt wurde",
            f"day of publication inferred: {floor:%Y-%m-%d}, the day on which the article has it said",
        )
        return ReferenceDate(floor, floor, inferred=True, confidence=0.7, note=note)
    exact = _equated(words, floor)
    if exact is not None:
        note = Wording(
            f"Erscheinungstag erschlossen: {exact:%d.%m.%Y}, "
            "aus Zeitangaben des Artikels, die einander bestimmen",
            f"day of publication inferred: {exact:%Y-%m-%d}, "
            "from time expressions of the article that fix each other",
        )
        return ReferenceDate(exact, exact, inferred=True, confidence=0.8, note=note)
    week = _of_the_week(words)
    if week is not None:
        return week
    return _bounded(words, floor) if floor is not None else None


def _dateline_day(time: TimeExpression, words: Sequence[DatedWords]) -> dt.date | None:
    """Return the day of a dateline; one without a year takes it from the next full date of the text."""
    days = days_of(time, None)
    if days is None:
        near = next((day for word in words if (day := _full_date(word.time)) is not None), None)
        days = days_of(time, near, toward=Toward.PRESENT) if near is not None else None
    return days[0] if days is not None else None


def _full_date(time: TimeExpression) -> dt.date | None:
    days = days_of(time, None) if time.shape is Shape.DATE and time.names_day else None
    return days[0] if days is not None else None


def _of_the_week(words: Sequence[DatedWords]) -> ReferenceDate | None:
    """Infer from a weekday that the text dates in full, and from its other weekdays."""
    weekdays = [(word.time, word.toward) for word in words if word.time.shape is Shape.WEEKDAY]
    dated = [
        (day, word.toward)
        for word in words
        if word.time.weekdays
        and (day := _full_date(word.time)) is not None
        and day.weekday() == word.time.weekdays[0]
    ]
    if not dated:
        return None
    latest = max(dated)
    days = days_written(latest, weekdays)
    if days is None:
        return None
    note = Wording(
        f"Erscheinungstag eingegrenzt auf {days[0]:%d.%m.%Y} bis {days[1]:%d.%m.%Y}: "
        f"der Artikel datiert den {latest[0]:%d.%m.%Y} mit seinem Wochentag",
        f"day of publication narrowed to {days[0]:%Y-%m-%d} to {days[1]:%Y-%m-%d}: "
        f"the article dates {latest[0]:%Y-%m-%d} with its weekday",
    )
    return ReferenceDate(*days, inferred=True, confidence=0.6, note=note)


def _bounded(words: Sequence[DatedWords], floor: dt.date) -> ReferenceDate | None:
    """Infer the days between the last date with a year and the next one announced without."""
    horizon = floor + dt.timedelta(days=_FRESH_DAYS)
    earliest, latest, bounded = floor, horizon, False
    for word in words:
        time = word.time
        if time.names_year or time.shape not in (Shape.DATE, Shape.DATE_RANGE, Shape.MONTH):
            continue
        if not (time.still or (word.toward is Toward.FUTURE and time.names_day)):
            continue
        days = days_of(time, floor, toward=Toward.FUTURE)
        if days is None or days[0] > horizon:
            continue
        bounded = True
        if time.still:
            earliest, latest = max(earliest, days[0]), min(latest, days[1])
        else:
            latest = min(latest, days[0])
    if not bounded or earliest > latest:
        return None
    note = Wording(
        f"Erscheinungstag eingegrenzt auf {earliest:%d.%m.%Y} bis {latest:%d.%m.%Y}: "
        "nach dem letzten genannten Datum mit Jahr und vor dem angekündigten Tag",
        f"day of publication narrowed to {earliest:%Y-%m-%d} to {latest:%Y-%m-%d}: "
        "after the last date given with its year and before the day announced",
    )
    return ReferenceDate(earliest, latest, inferred=True, confidence=0.6, note=note)


def _latest_past_day(words: Sequence[DatedWords]) -> dt.date | None:
    starts = [
        days[0]
        for word in words
        if word.time.names_year and word.toward is Toward.PAST and (days := days_of(word.time, None))
    ]
    return max(starts, default=None)


def _equated(words: Sequence[DatedWords], floor: dt.date | None) -> dt.date | None:
    """Return the day fixed by two expressions for one: `morgen (18. Juni)`."""
    for number, shifted in enumerate(words):
        shift = shifted.time.shift
        if shifted.time.shape is not Shape.SHIFT or shift is None or shift.unit != "day":
            continue
        for dated in (*words[max(0, number - 2) : number], *words[number + 1 : number + 3]):
            if not dated.time.names_day or abs(dated.clause - shifted.clause) > 1:
                continue
            gap = dated.time.span.start - shifted.time.span.end
            if not 0 <= gap <= 4 and not 0 <= shifted.time.span.start - dated.time.span.end <= 4:
                continue
            start = floor or (dt.date(dated.time.first.year, 1, 1) if dated.time.first.year else None)
            days = days_of(dated.time, start, toward=Toward.FUTURE)
            if days is not None and (days[1] - days[0]).days == shift.high - shift.low:
                return days[0] - dt.timedelta(days=shift.low)
    return None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Some days that an article dates with a year, and the places it names with them."""

    article: str
    words: str
    first: dt.date
    last: dt.date
    places: frozenset[str]


def _anchors(
    reading: ArticleReading, words: Mapping[str, Sequence[DatedWords]], known: Mapping[str, ReferenceDate]
) -> Iterator[_Anchor]:
    article = reading.article.id
    reference = known.get(article)
    for word in words[article]:
        if not word.time.names_day or not word.places:
            continue
        start = reference.latest if reference is not None else None
        days = days_of(word.time, start, toward=word.toward)
        if days is not None and (days[1] - days[0]).days < _LONGEST_ANCHOR_DAYS:
            yield _Anchor(article, word.time.words, *days, word.places)


def _from_story(
    reading: ArticleReading,
    words: Sequence[DatedWords],
    anchors: Sequence[_Anchor],
    cast: Cast,
    bounds: ReferenceDate | None,
) -> ReferenceDate | None:
    """Infer from the days that other articles date for the same persons and places."""
    article = reading.article.id
    # What is said twice weighs once, which also bounds the work.
    weekdays = [
        *{
            (w.time.weekdays, w.time.toward, w.toward): w for w in words if w.time.shape is Shape.WEEKDAY
        }.values()
    ]
    if len({day for word in weekdays for day in word.time.weekdays}) < 2:
        return None
    people = {m.name for m in cast.mentions.get(article, ()) if m.person and not m.nameless}
    places = {r.entry.id for r in reading.resolutions if r.entry is not None and r.entry.feature not in _WIDE}
    floor = _latest_past_day(words)
    best: tuple[float, dt.date, _Anchor] | None = None
    for anchor in sorted(anchors, key=lambda a: (a.first, a.last, a.article, a.words)):
        others = {m.name for m in cast.mentions.get(anchor.article, ()) if m.person and not m.nameless}
        if anchor.article == article or len(people & others) < 2 or not anchor.places & places:
            continue
        for score, day in _fits(weekdays, anchor):
            if (floor is not None and day < floor) or (
                bounds and not bounds.earliest <= day <= bounds.latest
            ):
                continue
            if best is None or score > best[0]:
                best = (score, day, anchor)
    if best is None:
        return None
    score, day, anchor = best
    note = Wording(
        f"Erscheinungstag erschlossen: {day:%d.%m.%Y}. Ein anderer Artikel über dieselben Personen und Orte "
        f"datiert „{anchor.words}“; nur so fallen alle Wochentage dieses Artikels in diese Tage",
        f"day of publication inferred: {day:%Y-%m-%d}. Another article on the same persons and places dates "
        f"“{anchor.words}”; only then do all weekdays of this article fall into those days",
    )
    return ReferenceDate(day, day, inferred=True, confidence=min(0.9, 0.4 + 0.1 * score), note=note)


def _fits(weekdays: Sequence[DatedWords], anchor: _Anchor) -> Iterator[tuple[float, dt.date]]:
    """Yield the days of appearance for which all weekdays fall into the anchored days, with a score."""
    margin = dt.timedelta(days=_AROUND_ANCHOR_DAYS)
    day = anchor.first - margin
    while day <= anchor.last + margin:
        named: set[dt.date] = set()
        inside, said_today, strays = 0, False, False
        for word in weekdays:
            days = days_of(word.time, day, toward=word.toward)
            if days is None:
                continue
            near = anchor.first - dt.timedelta(days=1) <= days[0] and days[1] <= anchor.last + dt.timedelta(
                days=1
            )
            strays = strays or not near
            inside += anchor.first <= days[0] and days[1] <= anchor.last
            named.update(days)
            said_today = said_today or (day in days and word.toward is Toward.PAST)
        distinct = len(named)
        # A report mostly names the weekday on which it appears, so among days that fit that one is it.
        if not strays and distinct >= 2 and inside >= 2:
            span_days = (anchor.last - anchor.first).days + 1
            if span_days >= 2:
                yield distinct + 0.5 * said_today + inside / (10.0 * len(weekdays)), day
        day += dt.timedelta(days=1)
