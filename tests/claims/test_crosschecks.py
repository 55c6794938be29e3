"""Claims held against each other: within a sentence, between articles, against reported events."""

from __future__ import annotations

import datetime as dt

import pytest
from claim_makers import PLACES, Places, checked, claim_of, length_of, reading_of, verdicts_of

from gazetteer.claims.crosschecks import cross_checks
from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey, Leg, Mode, TimeWindow
from gazetteer.reading.articles import Span
from gazetteer.wording import Wording

_T = Wording.same("by hand")


def crossed(*claims, readings=None, journeys=()):
    told = readings or [reading_of(one) for one in dict.fromkeys(claim.span.article for claim in claims)]
    found = checked(*claims, readings=told, journeys=journeys)
    return found, cross_checks(found, told, Places(), None, journeys)


def event(slug, kind, day, hours, *articles, **more):
    start, end = (dt.datetime(2023, 9, day, hour) for hour in hours)  # noqa: DTZ001
    certainty = more.pop("certainty", Certainty.REPORTED)
    return Event(
        f"{slug}{day}",
        EventKind(kind),
        "the train",
        f"test:{slug}",
        PLACES[slug].position,
        TimeWindow(start, end, None, inferred=False),
        Wording.same(f"{kind} {slug}"),
        certainty,
        None,
        tuple(Span(article, 0, 5) for article in articles),
        **more,
    )


def leg(a, b, km):
    ends = PLACES[a].position, PLACES[b].position
    return Leg(f"test:{a}", f"test:{b}", Mode.RAIL, km, km / 1.3, ends, _T)


def train(*events, legs=()):
    return Journey("train", "the train", _T, Mode.RAIL, events, tuple(legs))


EVENTS = (
    event("pyongyang", "departure", 10, (18, 23), "a", "b"),
    event("khasan", "crossing", 12, (6, 10), "b"),
    event("ussuriysk", "sighting", 12, (0, 23), "b"),
)
TRAIN = train(*EVENTS, legs=[leg("pyongyang", "khasan", 853), leg("khasan", "ussuriysk", 260)])


def trip(**more):
    return {"origin": "pyongyang", "reference": "vladivostok", "path": "rail", **more}


LENGTH = claim_of("trip_length", quantity=length_of(683, "mi"), start=100, **trip())
SPEED = claim_of("speed", quantity=length_of(37, "mph", "evaluative"), start=140, path="rail")
DAYS = claim_of("duration", quantity=length_of(2, "day"), start=60, **trip())


def kinds(checks):
    return {(one.kind.split()[0], one.verdict) for one in checks}


def test_distance_over_speed_contradicts_the_duration_of_the_same_sentence():
    """683 miles at 37 mph take 18.5 hours, not two days: the duration is charged with it."""
    (length, speed, days), checks = crossed(LENGTH, SPEED, DAYS)

    assert ("time", "contradiction") in kinds(checks)
    assert verdicts_of(days)["internal"] == "fails"
    assert speed.verdict == "unverifiable"
    assert length.verdict == "holds_loosely"


def test_a_duration_that_reported_events_bear_out_is_partly_right():
    (_, _, days), checks = crossed(LENGTH, SPEED, DAYS, journeys=(TRAIN,))

    assert verdicts_of(days) == {"internal": "fails", "external": "holds_loosely"}
    assert days.verdict == "partly"
    assert ("date", "agree") in kinds(checks)


def test_windows_that_leave_everything_open_bear_nothing_out():
    vague = train(EVENTS[0], event("vladivostok", "stay", 14, (0, 23), "a"))
    long_stay = event("vladivostok", "stay", 10, (0, 23), "a")

    (days,) = checked(DAYS, journeys=(train(EVENTS[0], long_stay),))
    (later,) = checked(DAYS, journeys=(vague,))

    assert "external" not in verdicts_of(days)
    assert verdicts_of(later)["external"] != "holds"


def test_speeds_of_two_articles_on_one_journey_agree_after_conversion():
    other = claim_of("speed", quantity=length_of(59, "km/h", "about"), article="b", path="rail")

    found, checks = crossed(SPEED, other, journeys=(TRAIN,))

    assert [claim.verdict for claim in found] == ["consistent", "consistent"]
    assert ("unit", "agree") in kinds(checks)


def test_speeds_of_articles_with_nothing_in_common_are_not_compared():
    other = claim_of("speed", quantity=length_of(59, "km/h"), article="c", path="rail")

    found, checks = crossed(SPEED, other, journeys=(TRAIN,))

    assert [claim.verdict for claim in found] == ["unverifiable", "unverifiable"]
    assert "unit" not in {kind for kind, _ in kinds(checks)}


def test_a_stated_speed_above_the_mean_that_the_dates_imply_is_pointed_out():
    _, checks = crossed(SPEED, journeys=(TRAIN,))

    (mean,) = [one for one in checks if "implied" in one.kind]
    assert mean.verdict == "suspicious"
    assert mean.computed.en == "21 to 27.5 km/h"  # 853 km in 31 to 40 hours


def test_one_number_in_two_units_between_the_same_places_is_suspicious():
    line = claim_of(
        "distance", subject="vladivostok", reference="pyongyang", quantity=length_of(680), article="b"
    )

    _, checks = crossed(LENGTH, line)

    (same,) = [one for one in checks if one.kind.startswith("same_number")]
    assert same.verdict == "suspicious"
    assert "1.609" in same.reason.en


def test_a_length_is_held_against_the_rails():
    journey = train(legs=[leg("pyongyang", "khasan", 858), leg("khasan", "vladivostok", 322)])

    _, checks = crossed(LENGTH, journeys=(journey,))

    (rail,) = [one for one in checks if one.kind.startswith("rail")]
    assert rail.computed.en == "1,180 km, 7\u00a0% more"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [(500, 500, "agree"), (500, 510, "agree"), (500, 800, "contradiction")],
)
def test_two_articles_on_one_pair_of_places(one, other, verdict):
    claims = [
        claim_of("distance", subject="munich", reference="berlin", quantity=length_of(km), article=article)
        for km, article in ((one, "a"), (other, "b"))
    ]

    _, checks = crossed(*claims)

    assert ("same_pair", verdict) in kinds(checks)


def test_a_way_shorter_than_the_distance_stated_is_a_contradiction():
    line = claim_of("distance", subject="munich", reference="berlin", quantity=length_of(500))
    way = claim_of("trip_length", origin="munich", reference="berlin", quantity=length_of(300), article="b")

    _, checks = crossed(line, way)

    assert ("same_pair", "contradiction") in kinds(checks)


def test_two_vectors_end_to_end_miss_the_place():
    first = claim_of(
        "distance",
        subject="vostochny",
        reference="ussuriysk",
        quantity=length_of(900, "km", "about"),
        wind="NW",
    )
    second = claim_of(
        "distance",
        subject="ussuriysk",
        reference="vladivostok",
        quantity=length_of(60, "km", "about"),
        wind="N",
        start=90,
    )

    _, checks = crossed(first, second)

    (chain,) = [one for one in checks if one.kind.startswith("chain")]
    assert chain.verdict == "contradiction"
    assert chain.computed.en == "943 km at 318° instead of 1,011 km at 346°"


def test_wheels_are_changed_where_the_gauge_changes():
    far, near = (
        claim_of(
            "event_place",
            reference=place,
            quote="with new wheels for Russian track",
            path="rail",
            start=start,
        )
        for place, start in (("vladivostok", 200), ("khasan", 300))
    )

    found, checks = crossed(LENGTH, far, near)

    assert [claim.verdict for claim in found[1:]] == ["fails", "holds"]
    assert {("order", "contradiction"), ("order", "agree")} <= kinds(checks)


def test_an_event_without_a_word_on_wheels_is_not_judged():
    found = checked(LENGTH, claim_of("event_place", reference="vladivostok", quote="he ate there", start=200))

    assert found[1].verdict == "unverifiable"


def test_reports_of_different_destinations_conflict():
    first = event("vladivostok", "arrival", 12, (0, 23), "a", conflicts=("vostochny13",), on_route=False)
    second = event("vostochny", "stay", 13, (0, 23), "b", conflicts=("vladivostok12",))

    _, checks = crossed(LENGTH, journeys=(train(first, second),))

    (conflict,) = [one for one in checks if one.kind == "destination"]
    assert conflict.verdict == "contradiction"
    assert conflict.claims == (LENGTH.id,)
    assert "Vostochny" in conflict.reason.en


def test_more_than_four_years_after_is_held_against_the_dates():
    then = event("vladivostok", "stay", 12, (0, 23), "z")
    claim = claim_of("interval", reference="vladivostok", quantity=length_of(4, "year", "above"))
    reading = reading_of(published=dt.date(2028, 1, 25))

    (found,) = checked(claim, readings=[reading], journeys=(train(then),))

    assert found.verdict == "holds"


def test_many_claims_of_many_articles_are_crossed_in_order():
    """Two thousand claims about one pair and one speed give few, not millions of, cross-checks."""
    claims = [
        claim_of(
            "distance",
            subject="munich",
            reference="berlin",
            quantity=length_of(490 + n % 30),
            article=f"a{n}",
        )
        for n in range(1000)
    ]
    claims += [
        claim_of("speed", quantity=length_of(50 + n % 10, "km/h"), article=f"a{n}", start=50)
        for n in range(1000)
    ]

    _, checks = crossed(*claims)

    assert 0 < len(checks) < 200
