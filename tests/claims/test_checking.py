"""Checks of claims against geometry: golden cases and laws."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from claim_makers import PLACES, checked, claim_of, length_of, reading_of, verdicts_of
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.analysis import analyse
from gazetteer.claims.claim import Path as Ways
from gazetteer.claims.claim import Relation, Via
from gazetteer.claims.doubts import confidence
from gazetteer.claims.drawing import drawing_of
from gazetteer.claims.tolerance import grade_direction
from gazetteer.reading.articles import article_from_text

CASES = json.loads((Path(__file__).parent.parent / "golden" / "claim_checks.json").read_text("utf-8"))

SEVERITY = {"holds": 0, "holds_loosely": 1, "unverifiable": 2, "fails": 3}


def _claim(described):
    given_quantity = described.get("quantity")
    quantity = length_of(*given_quantity) if given_quantity else None
    return claim_of(**{**described, "quantity": quantity})


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden_case(case):
    (found,) = checked(_claim(case["claim"]))

    assert (found.verdict, verdicts_of(found)) == (case["verdict"], case["facets"])


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_every_reason_is_a_sentence_in_both_languages(case):
    (found,) = checked(_claim(case["claim"]))

    for wording in (found.reason, *(check.reason for check in found.checks)):
        for words in (wording.de, wording.en):
            assert words.endswith(".")
            assert not words.endswith("..")
            assert words[0] == words[0].upper()


@given(st.floats(min_value=20, max_value=2000), st.sampled_from([None, "about", "evaluative"]))
@settings(max_examples=60, deadline=None)
def test_a_distance_further_off_is_never_judged_better(value, hedge):
    """Going away from the true 504 km on one side, the grade only gets worse."""
    true_km = 504.0
    further = value + 0.2 * (value - true_km)
    near, far = (
        checked(
            claim_of("distance", subject="munich", reference="berlin", quantity=length_of(one, "km", hedge))
        )[0]
        for one in (value, max(1.0, further))
    )
    # A rounder number claims less: only like is compared with like.
    width = near.quantity.high - near.quantity.low
    near, far = (
        checked(
            claim_of(
                "distance",
                subject="munich",
                reference="berlin",
                quantity=replace(
                    one.quantity,
                    hedge=None,
                    granularity=1.0,
                    low=max(0.0, one.quantity.si_value - width / 2),
                    high=one.quantity.si_value + width / 2,
                ),
            )
        )[0]
        for one in (near, far)
    )

    assert SEVERITY[near.checks[0].verdict] <= SEVERITY[far.checks[0].verdict]


@given(st.floats(min_value=0, max_value=180), st.floats(min_value=0, max_value=180))
def test_a_direction_further_off_is_never_judged_better(one, other):
    smaller, greater = sorted((one, other))
    grades = [
        SEVERITY[grade_direction(off, "N", distance_km=500.0, spread_deg=3.0)] for off in (smaller, greater)
    ]

    assert grades == sorted(grades)


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(PLACES)), st.integers(1, 9000))
@settings(max_examples=60, deadline=None)
def test_a_distance_is_judged_alike_both_ways(one, other, km):
    there, back = (
        checked(claim_of("distance", subject=first, reference=second, quantity=length_of(km)))[0]
        for first, second in ((one, other), (other, one))
    )

    assert there.verdict == back.verdict


@given(st.sampled_from(CASES), st.sampled_from(CASES))
@settings(max_examples=60, deadline=None)
def test_a_claim_of_another_article_changes_no_verdict(case, irrelevant):
    """Speeds apart, which other articles may confirm."""
    claim = _claim(case["claim"])
    other = _claim({**irrelevant["claim"], "article": "b"})

    alone = checked(claim)[0]
    beside = checked(claim, other)[0]

    assert (alone.verdict, alone.checks) == (beside.verdict, beside.checks)


def test_extents_alone_never_turn_fails_into_holds():
    """60 km fits from city limit to city limit, and stays a failure with that as hypothesis."""
    (found,) = checked(
        claim_of(
            "distance", subject="ussuriysk", reference="vladivostok", quantity=length_of(60, "km", "about")
        )
    )

    assert found.verdict == "fails"
    assert "city_limit" in {one.kind for one in found.hypotheses}


def test_a_doubtful_place_is_never_called_false():
    claim = claim_of("distance", subject="munich", reference="berlin", quantity=length_of(300))
    unsure = reading_of(places=("munich", "berlin"), confidence=0.3)

    (found,) = checked(claim, readings=[unsure])

    assert found.verdict == "unverifiable"


def test_a_namesake_that_fits_keeps_a_claim_from_being_called_false():
    claim = claim_of("distance", subject="slubice", reference="frankfurt", quantity=length_of(1, "km"))
    reading = reading_of(places=("slubice", "frankfurt"), confidence=0.7, candidates=("frankfurt_oder",))

    (found,) = checked(claim, readings=[reading])

    assert found.verdict == "unverifiable"
    assert "namesake" in {one.kind for one in found.hypotheses}


def test_miles_that_would_fit_as_kilometres_are_a_hypothesis():
    claim = claim_of(
        "trip_length", origin="pyongyang", reference="vladivostok", quantity=length_of(683, "mi"), path="rail"
    )

    (found,) = checked(claim)

    assert [one.kind for one in found.hypotheses][:2] == ["unit", "conversion"]
    assert "684" in found.hypotheses[0].wording.en


def test_a_direction_that_holds_the_other_way_round_is_a_hypothesis():
    (found,) = checked(claim_of("direction", subject="hamburg", reference="berlin", wind="ESE"))

    assert [one.kind for one in found.hypotheses] == ["reversed"]


def test_numbers_are_written_as_each_language_writes_them():
    claim = claim_of("distance", subject="apia", reference="suva", quantity=length_of(300))

    (found,) = checked(claim)

    assert "1.15" in found.reason.de
    assert "1,15" in found.reason.en


def test_the_reason_joins_what_is_right_with_what_is_not():
    claim = claim_of(
        "distance", subject="vladivostok", reference="pyongyang", quantity=length_of(680), wind="N"
    )

    (found,) = checked(claim)

    assert found.reason.de == (
        "684 km, also gerundet richtig; Wladiwostok liegt aber nordöstlich (47°), nicht nördlich."
    )


quantities = st.one_of(
    st.none(),
    st.builds(
        length_of,
        st.one_of(st.integers(0, 100_000), st.floats(0.001, 1e7)),
        st.sampled_from(
            ["km", "m", "mi", "nmi", "ft", "km/h", "mph", "kn", "h", "min", "day", "week", "year"]
        ),
        st.sampled_from([None, "about", "just_below", "above", "at_least", "at_most", "evaluative"]),
    ),
)
slugs = st.one_of(st.none(), st.just("?"), st.sampled_from(sorted(PLACES)))


@given(
    relation=st.sampled_from(sorted(Relation)),
    subject=slugs,
    reference=slugs,
    origin=slugs,
    quantity=quantities,
    wind=st.one_of(st.none(), st.sampled_from(["N", "SW", "ENE"])),
    path=st.sampled_from(sorted(Ways)),
    quote=st.sampled_from(["words", "mit neuen Rädern", "roundabout", ""]),
)
@settings(max_examples=300, deadline=None)
def test_any_claim_can_be_checked(**parts):
    """Whatever the extraction hands over, there is a verdict with a reason and a drawing."""
    (found,) = checked(claim_of(**parts))

    assert found.reason.de
    assert found.reason.en
    drawing_of(found, {entry.id: entry for entry in PLACES.values()})


def test_one_facet_that_cannot_be_checked_leaves_the_claim_open():
    """98 km is not the air line; that the direction is right does not make it so."""
    (found,) = checked(
        claim_of("distance", subject="ussuriysk", reference="vladivostok", quantity=length_of(98), wind="N")
    )

    assert verdicts_of(found) == {"distance": "unverifiable", "direction": "holds"}
    assert found.verdict == "unverifiable"


def test_a_city_and_its_district_of_the_same_name_are_no_doubt():
    """A confidence shared between candidates of one spot is whole; one shared with elsewhere is not."""
    reading = reading_of(places=("frankfurt_oder",), confidence=0.4, candidates=("slubice", "frankfurt"))

    (decision,) = reading.resolutions

    assert confidence(decision, PLACES["frankfurt_oder"]) == pytest.approx(0.8)
    assert confidence(decision, PLACES["frankfurt"]) == pytest.approx(0.4)


def test_a_number_absurdly_far_off_speaks_for_a_wrong_place():
    claim = claim_of("distance", subject="munich", reference="berlin", quantity=length_of(5))

    (found,) = checked(claim, readings=[reading_of(places=("munich", "berlin"), confidence=0.93)])

    assert found.verdict == "unverifiable"


def test_a_distance_from_a_place_that_is_only_implied_never_fails():
    claim = claim_of("distance", subject="munich", reference="berlin", quantity=length_of(200))
    implied = replace(claim, reference=replace(claim.reference, via=Via.IMPLIED))

    verdicts = [one.verdict.value for one in (*checked(claim), *checked(implied))]

    assert verdicts == ["fails", "unverifiable"]


def test_a_wrong_direction_tells_by_how_much_the_point_described_is_missed():
    (found,) = checked(
        claim_of("distance", subject="vladivostok", reference="pyongyang", quantity=length_of(680), wind="N")
    )

    (direction,) = [check for check in found.checks if check.facet.value == "direction"]

    assert "misses the place by 540 km" in direction.reason.en


def test_a_name_that_only_the_claim_was_read_for_is_never_called_false():
    """The reading names another place; Munich was looked up for the claim alone."""
    claim = claim_of("distance", subject="munich", reference="berlin", quantity=length_of(200))

    (found,) = checked(claim, readings=[reading_of("a", places=("hamburg",))])

    assert found.verdict.value == "unverifiable"


def test_a_speed_that_its_own_sentence_bears_out_is_consistent():
    length = claim_of("trip_length", origin="berlin", reference="munich", quantity=length_of(600))
    speed = claim_of("speed", quantity=length_of(100, "km/h"), start=30)
    duration = claim_of("duration", origin="berlin", reference="munich", quantity=length_of(6, "h"), start=60)

    found = checked(length, speed, duration)

    assert [one.verdict.value for one in found[1:]] == ["consistent", "holds_loosely"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "A storm hit Holland Patent, N.Y., then Herkimer. The village, 10 miles north of Utica, is dark.",
            "unverifiable",
        ),
        (
            "A storm hit Herkimer, N.Y. The village, about 10 miles north of Utica, lies dark.",
            "fails",
        ),
    ],
)
def test_what_holds_for_another_place_a_phrase_may_stand_for_is_not_called_false(text, verdict, gazetteer):
    article = article_from_text(f"Storm\n\n{text}", source="a.txt")

    (claim,) = analyse([article], gazetteer, network=None).claims

    assert claim.verdict == verdict
