"""Reports: what single clauses say of somebody's being, coming or going, before any are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gazetteer.journeys.assertions import Assertion, assertion_of, speaker_of
from gazetteer.journeys.calendar import Shape, TimeExpression
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.roles import Place, places_of
from gazetteer.journeys.subjects import Subjects
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import Form, Trigger, Vocabulary, vocabulary_of
from gazetteer.reading.articles import Span
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.reader import ArticleReading

_GOING: Final = frozenset({"travel", "fly", "set_out", "set_out_ab", "head", "leave"})
_SAME_DAY_CHARS: Final = 4
_LEAD_SENTENCES: Final = 4
"""So many sentences from the top tell the day's news where they give no day."""


@dataclass(frozen=True, slots=True)
class Report:
    """One clause's statement on one traveller at one place."""

    article: str
    at: int
    """Offset of the trigger, for text order."""
    kind: EventKind
    traveller: str
    place: Place
    mode: str | None
    """`rail`, `air`, `road`, `sea`, or None where the words do not say."""
    time: TimeExpression | None
    hours: tuple[float, float] | None
    """From a second expression, such as `gegen 8 Uhr`."""
    assertion: Assertion
    reported_by: str | None
    sentence: Span
    words: str
    """The trigger as written."""
    afterwards: bool
    """`anschließend`: after what was said before."""
    lasting: Quantity | None
    """How long it takes, where the sentence says so."""
    bound: bool
    """A destination set out for; the time is that of setting out."""
    en_route: bool
    """The words time the going rather than the being there: `reiste nach`, not `traf ein in`."""
    lead: bool
    """Among the first sentences of the article."""

    @property
    def certainty(self) -> Certainty:
        """How firmly it is said."""
        return self.assertion.certainty


def reports_of(
    reading: ArticleReading, cast: Cast, sentences: Sequence[SentenceClauses]
) -> tuple[Report, ...]:
    """Return the reports of one article in text order; empty for a language we do not read."""
    vocabulary = vocabulary_of(reading.article.language)
    if vocabulary is None:
        return ()
    return tuple(_Reporter(reading, cast, vocabulary).reports(sentences))


class _Reporter:
    def __init__(self, reading: ArticleReading, cast: Cast, vocabulary: Vocabulary) -> None:
        self._reading = reading
        self._text = reading.article.text
        self._vocabulary = vocabulary
        self._subjects = Subjects(reading.article.id, self._text, cast, vocabulary)

    def reports(self, sentences: Sequence[SentenceClauses]) -> Iterator[Report]:
        for number, sentence in enumerate(sentences):
            for index, clause in enumerate(sentence.clauses):
                if not self._is_condition(clause):
                    yield from self._of_clause(sentence, index, number)
            self._subjects.leave(sentence)

    def _is_condition(self, clause: Clause) -> bool:
        return any(low in self._vocabulary.words["conditionals"] for low in clause.lows[:2]) and (
            "ob" not in clause.lows[:2] and "whether" not in clause.lows[:2]
        )

    def _of_clause(self, sentence: SentenceClauses, index: int, number: int) -> Iterator[Report]:
        clause = sentence.clauses[index]
        verbs = [hit for hit in clause.hits if hit.word.form is not Form.NOUN]
        nouns = [hit for hit in clause.hits if hit.word.form is Form.NOUN]
        said = False
        for hit in verbs:
            for report in self._of_hit(sentence, index, hit, number):
                said = True
                yield report
        if said:
            return
        for hit in nouns[-1:]:
            for report in self._of_hit(sentence, index, hit, number):
                if report.time is not None:  # a noun alone names a journey, it does not report one
                    yield report

    def _of_hit(self, sentence: SentenceClauses, index: int, hit: Hit, number: int) -> Iterator[Report]:
        clause = sentence.clauses[index]
        trigger = hit.word.trigger
        travellers = self._subjects.of(sentence, index, hit)
        if not travellers:
            return
        places = places_of(
            sentence,
            index,
            hit,
            vocabulary=self._vocabulary,
            reading=self._reading,
            last_place=self._subjects.place,
        )
        if not places:
            return
        assertion = assertion_of(sentence, index, hit, self._vocabulary)
        day, hours = self._time(sentence, index, hit)
        sentence_words = self._text[sentence.span.start : sentence.span.end]
        for place, kind, bound in places:
            for traveller in travellers:
                yield Report(
                    article=self._reading.article.id,
                    at=clause.tokens[hit.index].start,
                    kind=kind,
                    traveller=traveller.name,
                    place=place,
                    mode=trigger.mode or traveller.vehicle or self._means(clause, trigger),
                    time=day,
                    hours=hours,
                    bound=bound and not assertion.future,
                    assertion=assertion.bound() if bound else assertion,
                    reported_by=speaker_of(sentence_words, self._vocabulary),
                    sentence=sentence.span,
                    words=clause.tokens[hit.index].text,
                    afterwards=any(low in self._vocabulary.words["afterwards"] for low in clause.lows[:2]),
                    lasting=self._lasting(sentence.span) if kind is EventKind.ARRIVAL and not bound else None,
                    en_route=trigger.name in _GOING,
                    lead=number < _LEAD_SENTENCES,
                )

    def _means(self, clause: Clause, trigger: Trigger) -> str | None:
        if trigger.meeting:
            return None
        modes = [mode for token in clause.tokens if (mode := self._vocabulary.vehicle_mode(token.text))]
        return modes[0] if modes else None

    def _lasting(self, sentence: Span) -> Quantity | None:
        words = self._text[sentence.start : sentence.end].lower()
        if not any(re.search(rf"\b{word}\b", words) for word in self._vocabulary.words["lasting"]):
            return None
        durations = [
            q
            for q in self._reading.quantities
            if q.dimension is Dimension.DURATION and sentence.holds(q.span)
        ]
        return durations[0] if len(durations) == 1 else None

    def _time(
        self, sentence: SentenceClauses, index: int, hit: Hit
    ) -> tuple[TimeExpression | None, tuple[float, float] | None]:
        """Return the day and the hours that belong to a trigger: its own clause's, else a neighbour's."""
        clause = sentence.clauses[index]
        times = self._unbroken_by_retrospect(clause.times, clause)
        if not times and not self._is_infinitive(clause):
            times = self._neighbours_times(sentence, index)
        if not times:
            return None, None
        at = clause.tokens[hit.index].start
        days = [time for time in times if time.shape is not Shape.HOURS]
        clocks = [time for time in times if time.shape is Shape.HOURS]
        if not days:
            return clocks[0], None
        day = min(days, key=lambda time: abs(time.span.start - at))
        # "morgen (18. Juni)": of two names for one day the date says more.
        for other in days:
            gap = max(other.span.start - day.span.end, day.span.start - other.span.end)
            if other.names_day and not day.names_day and gap <= _SAME_DAY_CHARS:
                day = other
                break
        return day, clocks[0].hours if clocks and not day.hours else None

    def _unbroken_by_retrospect(
        self, times: Sequence[TimeExpression], clause: Clause
    ) -> tuple[TimeExpression, ...]:
        cut = _retrospect_at(self._text, clause, self._vocabulary)
        return tuple(time for time in times if time.span.start < cut)

    def _is_infinitive(self, clause: Clause) -> bool:
        marks = self._vocabulary.words["infinitive_marks"]
        return any(low in marks for low in clause.lows[:1] + clause.lows[-2:-1])

    def _neighbours_times(self, sentence: SentenceClauses, index: int) -> tuple[TimeExpression, ...]:
        for step in (1, -1):
            at = index + step
            while 0 <= at < len(sentence.clauses):
                other = sentence.clauses[at]
                verbs = [hit for hit in other.hits if hit.word.form is not Form.NOUN]
                if any(low in self._vocabulary.words["reporting_verbs"] for low in other.lows):
                    break
                if verbs:
                    # "…, Poland, on Sunday and boarded": what stands before the next verb is still ours.
                    first = other.tokens[verbs[0].index].start
                    opening = tuple(t for t in other.times if t.span.end <= first) if at == index + 1 else ()
                    if opening and not self._vocabulary.nouns_capitalised:
                        return opening[:1]
                    break
                if other.times:
                    return other.times
                at += step
        before = sentence.clauses[index - 1] if index else None
        joined = (
            sentence.clauses[index].lows[:1]
            and sentence.clauses[index].lows[0] in self._vocabulary.words["conjunctions"]
        )
        return before.times if before is not None and joined else ()


def _retrospect_at(text: str, clause: Clause, vocabulary: Vocabulary) -> int:
    """Return where words such as `vier Jahre nach` begin, the clause's end where there are none."""
    words = text[clause.start : clause.end].lower()
    found = [words.find(cue) for cue in vocabulary.words["retrospects"]]
    starts = [clause.start + at for at in found if at >= 0]
    return min(starts, default=clause.end)
