"""What the map draws."""

import json
from itertools import pairwise

import pytest

from dashboard.map_scene import MapFilter, article_bounds, counted, scene
from dashboard.messages import Messages
from gazetteer.reading.mentions import Kind, Reading

GERMAN = Messages.load("de")
EVERYTHING = MapFilter(readings=frozenset())


def names(catalogue, chosen):
    return [catalogue.place(place.number).name for place in counted(catalogue, chosen)]


def test_places_are_counted_most_mentioned_first(catalogue):
    found = counted(catalogue, EVERYTHING)

    assert [(catalogue.place(place.number).name, place.mentions) for place in found][:2] == [
        ("Hamm", 4),
        ("Unna", 2),
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (MapFilter(), ["Hamm", "Unna", "Suva", "Apia"]),
        (MapFilter(readings=frozenset({Reading.ACTOR})), ["Berlin"]),
        (MapFilter(readings=frozenset(), confidence=0.95), []),
        (MapFilter(kinds=frozenset({Kind.ANAPHOR})), []),
    ],
)
def test_the_filter_lets_through_what_it_names(catalogue, chosen, expected):
    assert names(catalogue, chosen) == expected


def test_of_some_articles_only_their_places_and_claims_are_drawn(catalogue):
    drawn = scene(catalogue.part({"zwei"}), MapFilter(), GERMAN)

    assert [place["name"] for place in drawn["places"]] == ["Hamm", "Suva", "Apia"]
    assert (len(drawn["claims"]), drawn["legs"]) == (1, [])


def test_a_place_in_the_scene_carries_its_number_and_position(catalogue):
    hamm = scene(catalogue, MapFilter(), GERMAN)["places"][0]

    assert catalogue.place(hamm["id"]).name == "Hamm"
    assert (hamm["lat"], hamm["lon"], hamm["n"]) == (51.68, 7.81, 4)


def test_a_claim_is_a_line_labelled_with_both_lengths(catalogue):
    line = scene(catalogue, MapFilter(), GERMAN)["claims"][0]

    assert line["text"] == "„20 km“ · 19,0 km"
    assert line["line"][0] == [51.53, 7.68]
    assert line["line"][-1] == [51.68, 7.81]


def test_a_line_runs_on_across_the_antimeridian(catalogue):
    line = scene(catalogue, MapFilter(), GERMAN)["claims"][1]["line"]

    assert all(abs(b[1] - a[1]) < 10 for a, b in pairwise(line))
    assert line[-1][1] == pytest.approx(360 - 171.77)


def test_the_first_look_holds_the_journey(catalogue):
    assert scene(catalogue, MapFilter(), GERMAN)["bounds"] == [[51.53, 7.68], [51.68, 7.81]]


def test_an_article_is_where_its_places_are(catalogue):
    assert article_bounds(catalogue, "eins") == [[51.53, 7.68], [51.68, 7.81]]


def test_layers_can_be_left_out(catalogue):
    bare = scene(catalogue, MapFilter(claims=False, journeys=False), GERMAN)

    assert (bare["claims"], bare["legs"]) == ([], [])


def test_the_scene_is_json_without_infinities(catalogue):
    json.dumps(scene(catalogue, EVERYTHING, GERMAN), allow_nan=False)
