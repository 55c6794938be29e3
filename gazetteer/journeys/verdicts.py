"""Verdicts: what the rules for words of travelling say of places, whether or not they know who travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gazetteer.journeys.assertions import assertion_of
from gazetteer.journeys.clauses import SentenceClauses
from gazetteer.journeys.journey import Certainty, EventKind
from gazetteer.journeys.roles import places_of
from gazetteer.journeys.vocabulary import Form, Vocabulary
from gazetteer.places.index import Gazetteer
from gazetteer.reading.reader import ArticleReading

if TYPE_CHECKING:
    from gazetteer.journeys.reports import Report


def verdicts_of(
    reading: ArticleReading,
    sentences: Sequence[SentenceClauses],
    reports: Sequence[Report],
    vocabulary: Vocabulary,
    gazetteer: Gazetteer | None = None,
) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """Return verdicts by the number of the sentence and the id of the place.

    Each is the kind of event, how firmly it is said, and `told` where somebody is known to travel.
    """
    numbers = {sentence.span: number for number, sentence in enumerate(sentences)}
    found: dict[tuple[int, str], dict[str, None]] = {}
    for report in reports:
        if report.place.entry is not None:
            key = numbers[report.sentence], report.place.entry.id
            verdict = _verdict(report.kind, report.certainty, bound=report.bound)
            found.setdefault(key, {})[f"{verdict} told"] = None
    told = set(found)
    for number, sentence in enumerate(sentences):
        for index, clause in enumerate(sentence.clauses):
            for hit in clause.hits if clause.places or index else ():
                places = places_of(
                    sentence,
                    index,
                    hit,
                    vocabulary=vocabulary,
                    reading=reading,
                    last_place=None,
                    gazetteer=gazetteer,
                )
                for place, kind, bound in places:
                    if place.entry is None or (number, place.entry.id) in told:
                        continue
                    said = assertion_of(sentence, index, hit, vocabulary)
                    said = said.bound() if bound else said
                    verdict = _verdict(kind, said.certainty, bound=bound, noun=hit.word.form is Form.NOUN)
                    found.setdefault((number, place.entry.id), {})[verdict] = None
    return {key: tuple(verdicts) for key, verdicts in found.items()}


def _verdict(kind: EventKind, certainty: Certainty, *, bound: bool, noun: bool = False) -> str:
    return f"{kind.value} {certainty.value}{' bound' if bound else ''}{' noun' if noun else ''}"
