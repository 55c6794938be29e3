"""What the reader shows beside the text."""

import dataclasses

import pytest

from dashboard.catalogue import Catalogue
from dashboard.messages import Messages
from dashboard.reader import notices, text_of, view
from dashboard.selection import Selection
from gazetteer.reading.mentions import Reading
from gazetteer.wording import Wording

ENGLISH = Messages.load("en")


@pytest.fixture
def read_anew(catalogue):
    """Make a catalogue in which the second article was read otherwise; what that changes is given."""
    first, second = catalogue.analysis.readings

    def make(*, alone=False, **changes):
        changed = dataclasses.replace(second, **changes)
        readings = (changed,) if alone else (first, changed)
        return Catalogue(dataclasses.replace(catalogue.analysis, readings=readings))

    return make


def read_as(reading, resolutions):
    return tuple(
        dataclasses.replace(found, mention=dataclasses.replace(found.mention, reading=reading))
        for found in resolutions
    )


def test_the_reader_says_what_hampered_the_open_article_and_no_other(catalogue):
    first, second = catalogue.analysis.readings
    hampered = dataclasses.replace(first, warnings=(Wording("Nur groß.", "Capitals only."),))
    shown = Catalogue(dataclasses.replace(catalogue.analysis, readings=(hampered, second)))

    told = [
        view(Selection(article=reading.article.id), shown, Messages.load("de"), moves=0, dark=False)[
            "notices"
        ]
        for reading in (hampered, second)
    ]

    assert told == [["Nur groß."], []]


def test_of_a_text_without_places_it_is_said_that_the_map_shows_the_others(read_anew):
    (told,) = notices("zwei", read_anew(resolutions=()), ENGLISH)

    assert told.startswith("No place was found in this text. The map goes on showing")


def test_of_the_only_text_without_places_it_is_said_that_the_map_is_empty(read_anew):
    (told,) = notices("zwei", read_anew(resolutions=(), alone=True), ENGLISH)

    assert "the map stays empty" in told


def test_of_a_language_not_read_it_is_not_said_besides_that_no_place_was_found(read_anew):
    unread = read_anew(resolutions=(), warnings=(Wording("Ungelesen.", "Not read."),))

    assert notices("zwei", unread, ENGLISH)[0] == "Not read."
    assert "No place was found" not in " ".join(notices("zwei", unread, ENGLISH))


def test_of_names_that_no_place_was_chosen_for_it_is_said_where_the_reasons_are(catalogue, read_anew):
    nameless = catalogue.readings["zwei"].resolutions[:1]

    (told,) = notices("zwei", read_anew(resolutions=nameless), ENGLISH)

    assert "“Places” says why" in told


def test_of_places_that_only_act_it_is_said_how_to_bring_them_onto_the_map(catalogue, read_anew):
    acting = read_as(Reading.ACTOR, catalogue.readings["zwei"].resolutions)

    (told,) = notices("zwei", read_anew(resolutions=acting), ENGLISH)

    assert "“Filter”" in told


def test_a_phrase_that_stands_for_a_place_is_marked_as_such(catalogue, with_stand_in):
    text = text_of("eins", with_stand_in)

    (number,) = [number for number, reading in text["readings"].items() if reading == "anaphor"]
    assert int(number) == len(catalogue.resolutions)
    assert [run[0] for line in text["lines"] for run in line if run[1] == int(number)] == ["Der Zug"]


def test_a_place_in_focus_lights_the_phrases_that_stand_for_it(with_stand_in):
    shown = view(
        Selection("eins", place="geonames:1"), with_stand_in, Messages.load("de"), moves=0, dark=False
    )

    assert len(with_stand_in.resolutions) in shown["focus"]["mentions"]
