"""The card above the text."""

from dataclasses import replace

import pytest

from dashboard import figures
from dashboard.cards import card, leg_card, place_card, where
from dashboard.catalogue import Catalogue
from dashboard.journey_tab import titled
from dashboard.map_scene import MapFilter, scene
from dashboard.messages import Messages
from dashboard.selection import Selection
from gazetteer.claims.claim import Verdict
from gazetteer.journeys.routes import BorderCrossing, GaugeBreak
from gazetteer.places.entries import Feature
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

GERMAN, ENGLISH = Messages.load("de"), Messages.load("en")
NOTHING = Selection("eins")


def with_leg(catalogue, **changes):
    analysis = catalogue.analysis
    (journey,) = analysis.journeys
    legs = tuple(replace(leg, **changes) for leg in journey.legs)
    return Catalogue(replace(analysis, journeys=(replace(journey, legs=legs),)))


def test_the_overview_of_one_article_speaks_of_its_claims_alone(catalogue):
    opened = card(Selection("eins", fit=True), catalogue.part({"eins"}), ENGLISH)

    assert opened["heading"] == "Claims of this article, measured: 1"


def test_a_village_known_by_its_town_says_how_far_off_it_may_be(catalogue):
    (hamm,) = (entry for entry in catalogue.analysis.places.values() if entry.name == "Hamm")
    village = replace(hamm, feature_code="PPLL", population=0, extent_km=15.0)
    catalogue.analysis.places[hamm.id] = village

    facts = dict(place_card(hamm.id, NOTHING, catalogue, ENGLISH)["facts"])

    assert facts["Position"] == "51.68° N, 7.81° E, to about 15 km"
    assert "Extent" not in facts


def test_an_article_that_claims_nothing_measurable_has_no_overview(catalogue):
    assert card(Selection("zwei", fit=True), catalogue.part({"zwei"}), ENGLISH) is None


@pytest.fixture
def crossing(catalogue):
    """The journey's one leg, now across a border with a change of gauge."""
    spot = LatLon(51.6, 7.75)
    return with_leg(
        catalogue,
        borders=(BorderCrossing(spot, "PL", "UA"),),
        gauge_breaks=(GaugeBreak(spot, None, "PL", "UA", 1435, 1520),),
        notes=(Wording("Grenze geschlossen", "border closed"),),
    )


def test_without_a_choice_the_card_counts_the_verdicts(catalogue):
    shown = card(NOTHING, catalogue, GERMAN)

    assert (shown["kind"], shown["tally"], shown["worst"]) == ("overview", [["holds", "1", "stimmt"]], [])


def test_the_overview_names_what_is_wrong(catalogue):
    analysis = catalogue.analysis
    wrong = replace(analysis.claims[0], verdict=Verdict.FAILS)
    shown = card(NOTHING, Catalogue(replace(analysis, claims=(wrong, *analysis.claims[1:]))), GERMAN)

    assert [(claim["number"], claim["quote"]) for claim in shown["worst"]] == [
        (0, "„20 km nördlich von Unna“")
    ]


def test_nothing_measured_gives_no_overview(catalogue):
    assert card(NOTHING, Catalogue(replace(catalogue.analysis, claims=())), GERMAN) is None


def test_a_country_is_not_said_to_lie_in_itself(catalogue):
    hamm = catalogue.analysis.places["geonames:1"]

    assert where(hamm, GERMAN) == "Ort, Deutschland"
    assert where(replace(hamm, name="Germany", feature=Feature.COUNTRY), GERMAN) == "Land"


def test_a_place_names_the_others_at_the_same_spot(catalogue):
    analysis = catalogue.analysis
    hamm, unna = list(analysis.places)[:2]
    moved = replace(analysis.places[unna], position=analysis.places[hamm].position)
    together = Catalogue(replace(analysis, places=analysis.places | {unna: moved}))

    assert place_card(hamm, NOTHING, together, GERMAN)["near"] == [[1, "Unna"]]
    assert place_card(hamm, NOTHING, catalogue, GERMAN)["near"] == []


def test_a_leg_says_which_border_it_crosses_and_where_the_gauge_changes(crossing):
    facts = [text for _, text in leg_card(0, crossing, GERMAN)["facts"]]

    assert {"Grenze Polen – Ukraine", "Spurwechsel 1.435 → 1.520 mm", "Grenze geschlossen"} <= set(facts)


def test_borders_and_changes_of_gauge_are_marked_on_the_map(crossing):
    marks = scene(crossing, MapFilter(), ENGLISH)["marks"]

    assert [(mark["kind"], mark["text"]) for mark in marks] == [
        ("border", "PL | UA"),
        ("gauge", "1,435 → 1,520 mm"),
    ]


def test_in_a_passage_of_whole_sentences_no_words_stand_out(catalogue):
    (passage,) = leg_card(0, catalogue, GERMAN)["passages"]

    assert passage["parts"] == ["Der Zug fuhr ab Hamm", "", ""]


def test_a_source_is_worded_in_the_readers_language():
    assert figures.source("own compilation (CC0); position rounded", GERMAN) == (
        "eigene Zusammenstellung (CC0); Lage gerundet"
    )


@pytest.mark.parametrize(
    ("zone", "written"), [("Asia/Vladivostok", "Wladiwostok"), (None, "UTC"), ("Europe/Berlin", "Berlin")]
)
def test_a_time_zone_is_called_after_its_city(zone, written):
    assert figures.zone(zone, GERMAN) == written


def test_a_note_names_its_article_by_title(catalogue):
    assert titled("eins: erschlossen", catalogue, GERMAN) == "„Von Hamm nach Unna“: erschlossen"
    assert titled("drei: erschlossen", catalogue, GERMAN) == "drei: erschlossen"


def test_what_was_made_of_an_analysis_is_made_once(catalogue):
    made = [catalogue.remembered("key", object) for _ in range(2)]

    assert made[0] is made[1]
