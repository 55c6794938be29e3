"""What choosing something does."""

from dataclasses import replace

from dashboard.catalogue import Catalogue
from dashboard.selection import (
    Selection,
    choose_claim,
    choose_leg,
    choose_mention,
    choose_passage,
    choose_place,
    from_parameters,
    open_article,
)


def test_a_place_is_shown_at_its_first_mention_in_the_open_article(catalogue):
    chosen = choose_place(Selection("zwei"), catalogue.place_numbers["geonames:1"], catalogue)

    assert (chosen.article, chosen.place, chosen.mention) == ("zwei", "geonames:1", "zwei:m9")


def test_a_place_that_the_open_article_does_not_name_opens_one_that_does(catalogue):
    chosen = choose_place(Selection("eins"), catalogue.place_numbers["geonames:4"], catalogue)

    assert chosen.article == "zwei"


def test_choosing_a_claim_ends_the_choice_of_a_place(catalogue):
    chosen = choose_claim(Selection("zwei", place="geonames:1"), 0, catalogue)

    assert (chosen.article, chosen.place, chosen.claim) == ("eins", None, catalogue.claim(0).id)


def test_a_leg_leads_to_the_sentence_that_reports_it(catalogue):
    chosen = choose_leg(Selection("zwei"), 0, catalogue)

    passage = chosen.passage
    assert catalogue.articles[passage.article].text[passage.start : passage.end] == "Der Zug fuhr ab Hamm"


def with_journeys(catalogue, *journeys):
    return Catalogue(replace(catalogue.analysis, journeys=journeys))


def test_a_leg_is_the_same_when_other_articles_tell_other_journeys(catalogue):
    (journey,) = catalogue.analysis.journeys
    back = replace(journey.legs[0], origin=journey.legs[0].destination, destination=journey.legs[0].origin)
    more = with_journeys(catalogue, replace(journey, id="bus", legs=(back,)), journey)

    assert more.leg_number(catalogue.leg_ids[0]) == 1


def test_a_leg_is_the_same_when_its_journey_has_another_name(catalogue):
    (journey,) = catalogue.analysis.journeys
    more = with_journeys(catalogue, replace(journey, id="other"))

    assert more.leg_number(catalogue.leg_ids[0]) == 0


def test_legs_there_and_there_again_in_one_sentence_are_told_apart(catalogue):
    (journey,) = catalogue.analysis.journeys
    twice = with_journeys(catalogue, replace(journey, legs=journey.legs * 2))

    assert [twice.leg_number(leg_id) for leg_id in twice.leg_ids] == [0, 1]


def test_a_leg_that_is_gone_is_not_another_one(catalogue):
    (journey,) = catalogue.analysis.journeys
    elsewhere = replace(journey.legs[0], destination="geonames:4")

    assert (
        with_journeys(catalogue, replace(journey, legs=(elsewhere,))).leg_number(catalogue.leg_ids[0]) is None
    )


def test_a_leg_told_in_an_article_out_of_view_is_still_known_by_its_ends(catalogue):
    part, ends = catalogue.part({"eins"}), "geonames:1~geonames:2"

    assert part.leg_number(f"train~1~{ends}~0~zwei") == 0


def test_a_mention_without_a_place_is_still_shown(catalogue):
    chosen = choose_mention(Selection("eins"), catalogue.mention_numbers["zwei:m0"], catalogue)

    assert (chosen.article, chosen.place, chosen.mention) == ("zwei", None, "zwei:m0")


def test_a_phrase_that_stands_for_a_place_leads_to_that_place(with_stand_in):
    chosen = choose_mention(Selection("zwei"), len(with_stand_in.resolutions), with_stand_in)

    assert (chosen.article, chosen.place) == ("eins", "geonames:1")


def test_a_mention_beyond_the_last_changes_nothing(with_stand_in):
    start = Selection("zwei")

    assert choose_mention(start, len(with_stand_in.resolutions) + 1, with_stand_in) is start


def test_opening_an_article_keeps_the_place_in_focus(catalogue):
    chosen = open_article(Selection("eins", place="geonames:2"), "zwei", catalogue)

    assert (chosen.article, chosen.place, chosen.mention) == ("zwei", "geonames:2", None)


def test_opening_an_article_without_a_focus_turns_the_map_to_its_places(catalogue):
    assert open_article(Selection("eins"), "zwei", catalogue).fit


def test_a_passage_of_an_unknown_article_changes_nothing(catalogue):
    start = Selection("eins", place="geonames:2")

    assert choose_passage(start, "drei", 0, 5, catalogue) is start


def test_numbers_out_of_range_change_nothing(catalogue):
    start = Selection("eins")

    for choose in (choose_place, choose_mention, choose_claim, choose_leg):
        assert choose(start, 999, catalogue) is start


def test_a_link_restores_the_view(catalogue):
    for chosen in (
        choose_place(Selection("eins"), 1, catalogue),
        choose_claim(Selection("eins"), 1, catalogue),
        choose_mention(Selection("eins"), 8, catalogue),
        choose_leg(Selection("eins"), 0, catalogue),
        Selection("zwei"),
    ):
        assert from_parameters(chosen.parameters(), catalogue) == chosen


def test_what_a_link_names_and_nobody_knows_is_left_out(catalogue):
    link = {"article": "drei", "place": "<script>", "claim": "x", "mention": "{{7*7}}", "leg": "~~~~"}

    assert from_parameters(link, catalogue) == Selection()
