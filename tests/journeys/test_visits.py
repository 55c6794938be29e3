"""Visits: places that no word of travelling leads to, told of by what was learned."""

import json
from pathlib import Path

import pytest

from gazetteer.errors import DataFileError
from gazetteer.journeys import visits
from gazetteer.journeys.circumstances import Circumstances, named_in
from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.events import journeys_of
from gazetteer.journeys.indications import signs_in
from gazetteer.journeys.travellers import cast_of
from gazetteer.journeys.visits import VisitWeights, visits_of, weights_of
from gazetteer.journeys.vocabulary import vocabulary_of
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_article

CASES = json.loads((Path(__file__).parent.parent / "golden" / "visits.json").read_text("utf-8"))
TEXT = "Die Fähre lief am Montag aus Kiel aus. Vor Fehmarn fiel die Maschine aus."


def read(text, gazetteer):
    return read_article(article_from_text(text, source="a.txt", id="a"), gazetteer)


def visits_in(reading, weights):
    sentences, cast = clauses_of(reading), cast_of([reading])
    around = Circumstances(reading, sentences, cast, vocabulary_of(reading.article.language), {})
    return visits_of(tuple(named_in(sentences)), around, weights)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_golden_visits(case, gazetteer):
    journeys = journeys_of((read(case["article"], gazetteer),), gazetteer, None)

    events = [event for journey in journeys for event in journey.events]
    told = [[event.kind.value, gazetteer.entry(event.place).label("en")] for event in events]
    notes = " ".join(note.en for journey in journeys for note in journey.notes)
    for kind, place in case["inferred"]:
        assert [kind, place] in told
        assert f"{place} (" in notes.partition("Inferred from the context")[2]
    assert not {place for _, place in told} & set(case["never"])


def test_the_shares_of_a_place_are_shares(gazetteer):
    for visit in visits_in(read(TEXT, gazetteer), weights_of("de")):
        assert 0.0 <= visit.denied <= visit.made + visit.planned + visit.denied <= 1.0
        assert 0.0 <= visit.departs <= visit.departs + visit.arrives <= 1.0


def test_without_any_weight_a_visit_is_as_likely_as_not(gazetteer):
    nothing = VisitWeights("de", {}, told_from=0.8, doubted_below=0.3)

    found = visits_in(read(TEXT, gazetteer), nothing)

    assert [visit.named.entry.label("de") for visit in found] == ["Kiel", "Fehmarn"]
    assert {round(visit.made + visit.planned + visit.denied, 6) for visit in found} == {0.5}


def test_the_words_that_tell_stand_in_the_clause(gazetteer):
    for visit in visits_in(read(TEXT, gazetteer), weights_of("de")):
        assert all(word in TEXT for word in visit.telling)


def test_a_language_without_weights_has_none():
    assert weights_of("fr") is None


def test_damaged_weights_are_refused_by_name(tmp_path, monkeypatch):
    for language in ("de",):
        (tmp_path / language).mkdir()
        (tmp_path / language / "events.json").write_text('{"weights": {"bias": [1, 2]}}', "utf-8")
    monkeypatch.setattr("gazetteer.reading.tables.language_folders", lambda: {"de": tmp_path / "de"})

    with pytest.raises(DataFileError, match=r"events\.json"):
        visits.weights_of.__wrapped__("de")


def test_a_piece_of_no_known_kind_is_refused():
    with pytest.raises(KeyError):
        signs_in(("nonsense", "x"), "de")
