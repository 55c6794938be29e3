"""Who was at a place is chosen among everybody and everything that an article names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gazetteer.journeys.attribution import Attributed, travellers_at, weights_of
from gazetteer.journeys.clauses import clauses_of
from gazetteer.journeys.figures import figures_of
from gazetteer.journeys.leanings import Asked
from gazetteer.journeys.speech import speech_in
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import cast_of
from gazetteer.journeys.vocabulary import vocabulary_of
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_article

CASES = json.loads(
    (Path(__file__).parent.parent / "golden" / "attributions.json").read_text(encoding="utf-8")
)


def read(text, gazetteer):
    reading = read_article(article_from_text(text, source="text", id="text"), gazetteer)
    return reading, cast_of([reading]), clauses_of(reading), vocabulary_of(reading.article.language)


def asked_at(names, text, sentences):
    for name in names:
        at = text.index(name)
        yield next(
            Asked(number, index, at)
            for number, sentence in enumerate(sentences)
            for index, clause in enumerate(sentence.clauses)
            if clause.start <= at < clause.end
        )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_who_was_there(case, gazetteer):
    reading, cast, sentences, vocabulary = read(case["text"], gazetteer)
    asked = list(asked_at(case["asked"], case["text"], sentences))

    found = travellers_at(reading, cast, sentences, vocabulary, asked)

    assert [who[0].name if who else None for who in found] == case["expected"]


def test_every_naming_slices_back(gazetteer):
    text = "Kommandant Sepp Aigner und das alte Löschfahrzeug „Florian 12“ kamen 2023 in Lomé an."
    reading, cast, sentences, vocabulary = read(text, gazetteer)

    figures = figures_of(reading, cast, sentences, vocabulary)

    assert {"Sepp Aigner", "Löschfahrzeug"} <= {figure.name for figure in figures}
    assert all(text[n.start : n.end].strip() for figure in figures for n in figure.namings)


def test_a_title_names_the_person_behind_it(gazetteer):
    text = "Kommandant Sepp Aigner verließ Graz. Der Kommandant kam am Montag in Wien an."
    reading, cast, sentences, vocabulary = read(text, gazetteer)

    figures = figures_of(reading, cast, sentences, vocabulary)

    aigner = next(figure for figure in figures if figure.name == "Sepp Aigner")
    assert [text[n.start : n.end] for n in aigner.namings] == ["Sepp Aigner", "Kommandant"]


def test_without_places_nobody_is_asked(gazetteer):
    assert travellers_at(*read("Ein Zug fuhr.", gazetteer), []) == ()


def test_a_text_longer_than_any_article_is_weighed_from_its_top_only(gazetteer):
    text = "Ein Bus fuhr am Montag von Kiel nach Ulm. " * 450
    reading, cast, sentences, vocabulary = read(text, gazetteer)
    asked = [Asked(number, 0, sentence.span.start + 24) for number, sentence in enumerate(sentences)]

    found = travellers_at(reading, cast, sentences, vocabulary, asked)

    assert [number for number, who in enumerate(found) if who] == list(range(200))


def test_a_language_without_weights_has_none():
    assert weights_of("xx") is None


def test_direct_speech_is_found_between_its_marks():
    text = "Er sagte: „Wir sind am Morgen in Ulm losgefahren, alle zusammen.“ Dann ging er."

    assert [text[start:end][0] + text[start:end][-1] for start, end in speech_in(text)] == ["„“"]


def test_who_is_named_beside_the_place_is_not_overruled():
    train = TravellerMention(0, 4, "train", "rail", person=False)
    sure = Attributed(train, 0.95, beside=frozenset({"Anna Miller"}))

    assert sure.overrules("Ben Miller")
    assert not sure.overrules("Anna Miller")


def test_a_doubtful_choice_overrules_nobody():
    train = TravellerMention(0, 4, "train", "rail", person=False)

    assert not Attributed(train, 0.6, beside=frozenset()).overrules("Ben Miller")
