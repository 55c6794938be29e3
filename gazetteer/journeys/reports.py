"""Reports: what single clauses say of somebody's being, coming or going, before any are joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gazetteer.journeys.assertions import Assertion, assertion_of, speaker_of
from gazetteer.journeys.attribution import Attributed, attributed_at
from gazetteer.journeys.calendar import Shape, TimeExpression
from gazetteer.journeys.circumstances import ANY_TRIGGER, Circumstances, named_in
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.leanings import Asked
from gazetteer.journeys.roles import Place, places_of
from gazetteer.journeys.speech import speech_in
from gazetteer.journeys.subjects import Subjects
from gazetteer.journeys.told_times import ToldTimes, day_told_before
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vehicles import is_further
from gazetteer.journeys.verdicts import verdicts_of
from gazetteer.journeys.visits import Told, Visit, VisitWeights, visits_of, weights_of
from gazetteer.journeys.vocabulary import PARTY, Form, Trigger, TriggerWord, Vocabulary, vocabulary_of
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Span
from gazetteer.reading.mentions import Kind
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.reader import ArticleReading

_LONGEST_SENTENCE_CHARS: Final = 2000
_LEAD_SENTENCES: Final = 4
"""So many sentences from the top tell the day's news where they give no day."""


_ON_THE_GROUND: Final = frozenset({"rail", "road"})
"""What never flies, so that it is somebody else who flew home."""
_ELLIPTIC_WORDS: Final = 4
_NOUN_PHRASE_WORDS: Final = 3
"""So far before a noun its preposition stands, and so far behind it its place."""
_AHEAD: Final = frozenset({Certainty.ANNOUNCED, Certainty.PLANNED, Certainty.EXPECTED})
_GOES_ON: Final = frozenset({EventKind.ARRIVAL, EventKind.STAY, EventKind.SIGHTING})


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
    told_day: TimeExpression | None = None
    """For hours without a day, the day that was told of shortly before."""
    turning: bool = False
    """Turned back or diverted, so that what it was bound for is not reached."""
    observed: bool = False
    """Seen or crossing a border, which is news of the day where no day is said."""
    nameless: bool = False
    """The traveller is a common noun or an office, which may be somebody else in another article."""
    told: Told | None = None
    """Why it is told, where no rule did."""

    @property
    def certainty(self) -> Certainty:
        """How firmly it is said."""
        return self.assertion.certainty


def reports_of(
    reading: ArticleReading,
    cast: Cast,
    sentences: Sequence[SentenceClauses],
    gazetteer: Gazetteer | None = None,
) -> tuple[Report, ...]:
    """Return the reports of one article in text order; empty for a language we do not read.

    With a gazetteer, `the Mongolian capital` is the town that it knows as such.
    """
    vocabulary = vocabulary_of(reading.article.language)
    if vocabulary is None:
        return ()
    reporter = _Reporter(reading, cast, vocabulary, gazetteer)
    ruled = tuple(reporter.reports(sentences))
    weights = weights_of(reading.article.language)
    if weights is None or not _hints_at_travel(reading, cast, sentences):
        return ruled
    return reporter.weighed(ruled, sentences, cast, weights)


def _hints_at_travel(reading: ArticleReading, cast: Cast, sentences: Sequence[SentenceClauses]) -> bool:
    """Tell whether an article has any word of travelling or any vehicle, without which nothing is weighed."""
    if any(mention.vehicle for mention in cast.mentions.get(reading.article.id, ())):
        return True
    return any(clause.hits for sentence in sentences for clause in sentence.clauses)


class _Reporter:
    def __init__(
        self, reading: ArticleReading, cast: Cast, vocabulary: Vocabulary, gazetteer: Gazetteer | None
    ) -> None:
        self._gazetteer = gazetteer
        self._reading = reading
        self._text = reading.article.text
        self._vocabulary = vocabulary
        self._times = ToldTimes(self._text, vocabulary)
        self._days: list[TimeExpression] = []
        self._speakers: dict[Span, str | None] = {}
        self._lastings: dict[Span, Quantity | None] = {}
        self._speech = speech_in(self._text)
        self._subjects = Subjects(reading.article.id, self._text, cast, vocabulary)
        self._days_before: list[list[TimeExpression]] = []

    def reports(self, sentences: Sequence[SentenceClauses]) -> Iterator[Report]:
        for number, sentence in enumerate(sentences):
            self._days_before.append(self._days)
            if sentence.clauses and sentence.clauses[0].lows[0] in self._vocabulary.words["anybody"]:
                continue  # `Wer es hinausschafft, geht nach Adré`
            spoken: tuple[Report, ...] = ()
            for index, clause in enumerate(sentence.clauses):
                if (
                    self._is_condition(clause)
                    or self._is_habit(clause)
                    or self._is_supposed(sentence, clause)
                ):
                    continue
                if spoken and self._is_elliptic(clause):
                    yield from self._elliptic(clause, spoken)
                    continue
                told = tuple(self._of_clause(sentence, index, number))
                yield from told
                spoken = tuple(r for r in told if r.at == told[-1].at and r.kind in _GOES_ON)
            self._subjects.leave(sentence)
            days = [time for c in sentence.clauses for time in c.times if time.weekdays or time.names_day]
            self._days = days[-1:] or self._days

    def weighed(
        self,
        ruled: Sequence[Report],
        sentences: Sequence[SentenceClauses],
        cast: Cast,
        weights: VisitWeights,
    ) -> tuple[Report, ...]:
        """Return the rules' reports but those that are unlikely, and others of places that are likely."""
        verdicts = verdicts_of(self._reading, sentences, ruled, self._vocabulary, self._gazetteer)
        around = Circumstances(self._reading, sentences, cast, self._vocabulary, verdicts)
        visits = visits_of(tuple(named_in(sentences)), around, weights)
        numbers = {sentence.span: number for number, sentence in enumerate(sentences)}
        likeliest: dict[tuple[int, str], Visit] = {}
        for visit in visits:
            key = visit.named.sentence, visit.named.entry.id
            if key not in likeliest or visit.likelihood > likeliest[key].likelihood:
                likeliest[key] = visit
        kept = []
        told = set()
        for report in ruled:
            place = report.place.entry
            of_place = likeliest.get((numbers[report.sentence], place.id)) if place is not None else None
            if of_place is None or _is_likely(report, of_place, weights):
                kept.append(report)
                if place is not None and report.certainty is not Certainty.DENIED:
                    told.add((numbers[report.sentence], place.id))
        likely = [
            visit
            for key, visit in likeliest.items()
            if key in told or (visit.likelihood >= weights.told_from and visit.named.is_place)
        ]
        likely.sort(key=lambda visit: visit.named.resolution.mention.span.start)
        asked = [
            Asked(visit.named.sentence, visit.named.clause, visit.named.resolution.mention.span.start)
            for visit in likely
        ]
        who = attributed_at(self._reading, cast, sentences, self._vocabulary, asked)
        there: dict[tuple[int, str], Attributed] = {}
        for visit, one in zip(likely, who, strict=True):
            key = visit.named.sentence, visit.named.entry.id
            if one is not None and key in told:
                there[key] = one
            elif one is not None:
                kept.append(self._of_visit(visit, one.traveller, sentences[visit.named.sentence]))
        kept = list(_corrected(kept, there, numbers))
        return tuple(sorted(kept, key=lambda report: (report.sentence.start, report.at)))

    def _of_visit(self, visit: Visit, traveller: TravellerMention, sentence: SentenceClauses) -> Report:
        """Return what a likely place is told of: as the clause says it, with the time it is said of."""
        index, place = visit.named.clause, Place(visit.named.entry)
        clause = sentence.clauses[index]
        hit = _verb_beside(visit, clause)
        trigger = hit.word.trigger
        said = assertion_of(sentence, index, hit, self._vocabulary)
        day, hours = self._times.beside(clause, place, self._times.of(sentence, index, hit))
        departs, arrives = visit.departs >= 0.5, visit.arrives >= 0.5
        kind = EventKind.DEPARTURE if departs else EventKind.ARRIVAL if arrives else EventKind.SIGHTING
        bound = False
        if visit.made >= visit.planned:
            assertion = Assertion(Certainty.REPORTED, future=False, before=said.before)
        elif said.certainty in _AHEAD:
            assertion = said
        else:
            bound = said.certainty is Certainty.REPORTED and not said.present and not departs
            assertion = Assertion(Certainty.EXPECTED if bound else Certainty.PLANNED, future=True)
        return Report(
            article=self._reading.article.id,
            at=clause.tokens[hit.index].start if trigger.name else visit.named.resolution.mention.span.start,
            kind=kind,
            traveller=traveller.name,
            nameless=traveller.nameless,
            place=place,
            mode=trigger.mode or _mode_of(traveller) or self._means(clause, trigger),
            time=day,
            hours=hours,
            bound=bound,
            assertion=assertion,
            reported_by=self._speaker(sentence.span),
            sentence=sentence.span,
            words=clause.tokens[hit.index].text,
            afterwards=self._times.is_afterwards(clause),
            lasting=self._lasting(sentence.span) if arrives and not bound else None,
            en_route=trigger.name in self._vocabulary.words["going"],
            lead=visit.named.sentence < _LEAD_SENTENCES,
            told_day=day_told_before(day, self._days_before[visit.named.sentence]),
            told=Told(visit.likelihood, visit.telling),
        )

    def _is_elliptic(self, clause: Clause) -> bool:
        """Tell whether a clause only adds a place and a day: `…, Amman on Sunday`, `…, am Montag in Rom`."""
        timed = [time for time in clause.times if time.shape is not Shape.HOURS]
        if any(low in self._vocabulary.words["reporting_verbs"] for low in clause.lows):
            return False
        free = [
            t
            for t in clause.tokens
            if not any(time.span.start <= t.start < time.span.end for time in clause.times)
            and not any(p.mention.span.start <= t.start < p.mention.span.end for p in clause.places)
        ]
        return bool(timed) and bool(clause.places) and not clause.hits and len(free) <= _ELLIPTIC_WORDS

    def _elliptic(self, clause: Clause, last: Sequence[Report]) -> Iterator[Report]:
        prepositions = self._vocabulary.prepositions
        for place in clause.places:
            before = [t.low for t in clause.tokens if t.end <= place.mention.span.start][-1:]
            away = any(low in prepositions[role] for low in before for role in ("from", "via"))
            if place.entry is None or place.mention.kind is not Kind.TOPONYM or away:
                continue
            where = Place(place.entry)
            day, hours = self._times.beside(clause, where, (clause.times[0], None))
            for report in last:
                at = place.mention.span.start
                yield replace(report, at=at, place=where, time=day, hours=hours, told_day=None, lasting=None)

    def _is_habit(self, clause: Clause) -> bool:
        words = self._vocabulary.words
        if any(low in words["habitual_present"] for low in clause.lows):
            return all(hit.word.form in (Form.PRESENT, Form.NOUN) for hit in clause.hits)
        return any(low in words["habitual"] for low in clause.lows)

    def _is_condition(self, clause: Clause) -> bool:
        opening, words = set(clause.lows[:2]), self._vocabulary.words
        return not opening.isdisjoint(words["conditionals"]) and opening.isdisjoint(words["open_questions"])

    def _is_supposed(self, sentence: SentenceClauses, clause: Clause) -> bool:
        """Tell whether a clause says what would be if a condition held: `wenn …, würde er umkehren`."""
        supposes = any(low in self._vocabulary.words["hypothetical"] for low in clause.lows)
        return supposes and any(self._is_condition(other) for other in sentence.clauses)

    def _of_clause(self, sentence: SentenceClauses, index: int, number: int) -> Iterator[Report]:
        clause = sentence.clauses[index]
        verbs = [hit for hit in clause.hits if hit.word.form is not Form.NOUN]
        nouns = [hit for hit in clause.hits if hit.word.form is Form.NOUN]
        said = False
        told = self._told_nouns(clause)
        theirs = {place for _, place in told}
        for hit, place in told:
            yield from (r for r in self._of_hit(sentence, index, hit, number) if _is_at(r, {place}))
        for hit in verbs:
            for report in self._of_hit(sentence, index, hit, number):
                if not _is_at(report, theirs):
                    said = True
                    yield report
        if said or told:
            return
        for hit in nouns[-1:]:
            for report in self._of_hit(sentence, index, hit, number):
                if report.time is not None:  # a noun alone names a journey, it does not report one
                    yield report

    def _told_nouns(self, clause: Clause) -> list[tuple[Hit, str]]:
        """Return the nouns that tell what had happened, and their places: `nach einem Tankstopp in Basel`."""
        words = self._vocabulary.words
        told = []
        for hit in clause.hits:
            if hit.word.form is not Form.NOUN or hit.word.trigger.name not in words["told_nouns"]:
                continue
            before = clause.lows[max(0, hit.index - _NOUN_PHRASE_WORDS) : hit.index]
            behind = clause.tokens[hit.index + 1 : hit.index + 1 + _NOUN_PHRASE_WORDS]
            starts = {token.start for token in behind[1:]}
            place = next((p for p in clause.places if p.mention.span.start in starts), None)
            if place is not None and place.entry is not None and set(before) & set(words["behind_nouns"]):
                told.append((hit, place.entry.id))
        return told

    def _of_hit(self, sentence: SentenceClauses, index: int, hit: Hit, number: int) -> Iterator[Report]:
        clause = sentence.clauses[index]
        trigger = hit.word.trigger
        acting = self._heard(clause.tokens[hit.index].start, self._subjects.of(sentence, index, hit))
        travellers = [
            who
            for who in acting
            if (who.person or not is_further(who.name, self._vocabulary))
            and not (trigger.things and who.person)
            and not (trigger.mode == "air" and who.vehicle in _ON_THE_GROUND)
        ]
        if not travellers:
            return
        places = places_of(
            sentence,
            index,
            hit,
            vocabulary=self._vocabulary,
            reading=self._reading,
            last_place=self._subjects.place,
            gazetteer=self._gazetteer,
        )
        if not places:
            return
        assertion = assertion_of(sentence, index, hit, self._vocabulary)
        said = self._times.of(sentence, index, hit)
        speaker = self._speaker(sentence.span)
        arriving = trigger.name in self._vocabulary.words["arriving"]
        for place, kind, bound in places:
            # "Arrived from Vienna on Monday": the day is that of the arrival.
            elsewhen = arriving and kind is EventKind.DEPARTURE
            on_the_way = trigger.name in self._vocabulary.words["on_the_way"]  # which times something else
            day, hours = (None, None) if elsewhen or on_the_way else self._times.beside(clause, place, said)
            sure = assertion.bound() if bound else assertion
            for traveller in travellers:
                yield Report(
                    article=self._reading.article.id,
                    at=clause.tokens[hit.index].start,
                    kind=kind,
                    traveller=traveller.name,
                    nameless=traveller.nameless,
                    place=place,
                    mode=trigger.mode or _mode_of(traveller) or self._means(clause, trigger),
                    time=day,
                    hours=hours,
                    bound=bound and not assertion.future,
                    assertion=sure.on_the_way() if on_the_way else sure,
                    reported_by=speaker,
                    sentence=sentence.span,
                    words=clause.tokens[hit.index].text,
                    afterwards=self._times.is_afterwards(clause),
                    lasting=self._lasting(sentence.span) if kind is EventKind.ARRIVAL and not bound else None,
                    en_route=trigger.name in self._vocabulary.words["going"],
                    lead=number < _LEAD_SENTENCES and not elsewhen and not on_the_way,
                    told_day=day_told_before(day, self._days),
                    turning=trigger.name in self._vocabulary.words["turning"],
                    observed=trigger.sighting or trigger.crossing,
                )

    def _heard(self, verb: int, acting: Sequence[TravellerMention]) -> tuple[TravellerMention, ...]:
        """Leave out who is named outside of the direct speech that tells of a journey: `Wir fahren hin`."""
        number = bisect_right(self._speech, (verb, len(self._text))) - 1
        if number < 0 or self._speech[number][1] <= verb:
            return tuple(acting)
        start, end = self._speech[number]
        return tuple(who for who in acting if start <= who.start < end)

    def _speaker(self, sentence: Span) -> str | None:
        """Return who says a sentence; asked once, and of so much of it as anybody reads."""
        if sentence not in self._speakers:
            words = self._text[sentence.start : min(sentence.end, sentence.start + _LONGEST_SENTENCE_CHARS)]
            self._speakers[sentence] = speaker_of(words, self._vocabulary)
        return self._speakers[sentence]

    def _means(self, clause: Clause, trigger: Trigger) -> str | None:
        if trigger.meeting:
            return None
        modes = [mode for token in clause.tokens if (mode := self._vocabulary.vehicle_mode(token.text))]
        return modes[0] if modes else None

    def _lasting(self, sentence: Span) -> Quantity | None:
        if sentence not in self._lastings:
            self._lastings[sentence] = self._duration_in(sentence)
        return self._lastings[sentence]

    def _duration_in(self, sentence: Span) -> Quantity | None:
        words = self._text[sentence.start : sentence.end].lower()
        if not any(re.search(rf"\b{re.escape(word)}\b", words) for word in self._vocabulary.words["lasting"]):
            return None
        durations = [
            q
            for q in self._reading.quantities
            if q.dimension is Dimension.DURATION and sentence.holds(q.span)
        ]
        return durations[0] if len(durations) == 1 else None


def _is_likely(report: Report, visit: Visit, weights: VisitWeights) -> bool:
    """Tell whether what a rule says has happened is likely enough; of plans few were learned from."""
    made = report.certainty in (Certainty.REPORTED, Certainty.EYEWITNESS)
    return not made or visit.made >= weights.doubted_below


def _corrected(
    reports: Sequence[Report],
    there: Mapping[tuple[int, str], Attributed],
    numbers: Mapping[Span, int],
) -> Iterator[Report]:
    """Yield the reports with those at a place who were there more likely than whom the rules name alone."""
    named: dict[tuple[int, str], set[str]] = defaultdict(set)
    for report in reports:
        if report.place.entry is not None:
            named[numbers[report.sentence], report.place.entry.id].add(report.traveller)
    for report in reports:
        key = numbers[report.sentence], report.place.entry.id if report.place.entry is not None else ""
        other = there.get(key)
        if other is None or len(named[key]) > 1 or not other.overrules(report.traveller):
            yield report
            continue
        who = other.traveller
        flown = report.mode == "air" and who.vehicle in _ON_THE_GROUND
        yield report if flown else replace(report, traveller=who.name, nameless=who.nameless)


def _verb_beside(visit: Visit, clause: Clause) -> Hit:
    """Return the word of travelling nearest to a place, else one that says nothing."""
    start = visit.named.resolution.mention.span.start
    verbs = [hit for hit in clause.hits if hit.word.form is not Form.NOUN] or list(clause.hits)
    if verbs:
        return min(verbs, key=lambda hit: abs(clause.tokens[hit.index].start - start))
    index = max(0, sum(token.start < start for token in clause.tokens) - 1)
    return Hit(index, TriggerWord(ANY_TRIGGER, Form.PAST))


def _is_at(report: Report, places: Collection[str]) -> bool:
    return report.place.entry is not None and report.place.entry.id in places


def _mode_of(traveller: TravellerMention) -> str | None:
    return traveller.vehicle if traveller.vehicle != PARTY else None
