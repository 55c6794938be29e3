"""The tables, and the card for what is in focus."""

import pytest

from dashboard.cards import card
from dashboard.ledger import (
    claims_table,
    cross_checks_table,
    events_table,
    legs_table,
    places_table,
    unplaced_table,
)
from dashboard.map_scene import MapFilter
from dashboard.messages import Messages
from dashboard.reader import view
from dashboard.selection import Selection, choose_claim, choose_leg, choose_place

GERMAN = Messages.load("de")
NOTHING = Selection("eins")


def test_a_claim_stands_with_what_it_states_and_what_is(catalogue):
    table = claims_table(NOTHING, catalogue, GERMAN, measured_only=False)

    cells = table["rows"][0]["cells"]
    assert (cells["quote"], cells["stated"], cells["air"]) == ("20 km nördlich von Unna", "20 km", "19,0 km")
    assert cells["deviation"]["text"] == "+1,0 km"
    assert cells["verdict"] == {"code": "holds", "text": "stimmt"}


def test_claims_without_a_number_can_be_left_out(catalogue):
    table = claims_table(NOTHING, catalogue, GERMAN, measured_only=True)

    assert [row["pick"]["number"] for row in table["rows"]] == [0]


def test_a_column_that_nobody_fills_is_not_shown(catalogue):
    table = claims_table(NOTHING, catalogue, GERMAN, measured_only=True)

    assert "rail" not in {column["key"] for column in table["columns"]}


def test_the_chosen_row_is_marked(catalogue):
    chosen = choose_claim(NOTHING, 1, catalogue)
    table = claims_table(chosen, catalogue, GERMAN, measured_only=False)

    assert [row["pick"]["number"] for row in table["rows"] if row["chosen"]] == [1]


def test_every_place_on_the_map_stands_in_the_list(catalogue):
    rows = places_table(NOTHING, catalogue, MapFilter(), GERMAN)["rows"]

    assert [row["cells"]["name"] for row in rows] == ["Hamm", "Unna", "Suva", "Apia"]


def test_a_mention_without_a_place_stands_with_the_reason(catalogue):
    (row,) = unplaced_table(catalogue, GERMAN)["rows"]

    assert (row["cells"]["name"], row["cells"]["reason"]) == ("Fidschi", "der einzige")


def test_cross_checks_events_and_legs_lead_back_to_the_text(catalogue):
    (journey,) = catalogue.analysis.journeys

    assert cross_checks_table(NOTHING, catalogue, GERMAN)["rows"][0]["pick"] == {"kind": "claim", "number": 0}
    assert events_table(journey, GERMAN)["rows"][0]["pick"]["article"] == "eins"
    assert legs_table(journey, NOTHING, catalogue, GERMAN)["rows"][0]["cells"]["length"] == "22 km"


def test_a_place_card_lists_the_sentences_of_the_open_article_first(catalogue):
    shown = card(choose_place(Selection("zwei"), 0, catalogue), catalogue, GERMAN)

    assert [passage["article"] for passage in shown["passages"]] == ["zwei", "eins", "eins", "eins"]
    assert shown["title"] == "Hamm"


def test_a_claim_card_holds_every_check(catalogue):
    shown = card(choose_claim(NOTHING, 0, catalogue), catalogue, GERMAN)

    assert [check["facet"] for check in shown["checks"]] == ["Entfernung"]
    assert shown["reason"] == "gerundet"


def test_a_leg_card_holds_its_kilometres(catalogue):
    shown = card(choose_leg(NOTHING, 0, catalogue), catalogue, GERMAN)

    assert ["Länge", "22 km"] in shown["facts"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_reader_shows_a_text_in_either_language(catalogue, language):
    shown = view(choose_place(NOTHING, 0, catalogue), catalogue, Messages.load(language), moves=3, dark=False)

    assert shown["focus"]["mention"] == 0
    assert len(shown["focus"]["sentences"]) == 3


def test_of_one_article_every_table_holds_its_rows_alone(catalogue):
    part = catalogue.part({"zwei"})
    places = places_table(Selection("zwei"), part, MapFilter(), GERMAN)

    assert [row["cells"]["name"] for row in places["rows"]] == ["Hamm", "Suva", "Apia"]
    assert part.analysis.journeys == ()
    (held,) = cross_checks_table(Selection("zwei"), part, GERMAN)["rows"]
    assert part.claim(held["pick"]["number"]).span.article == "zwei"
