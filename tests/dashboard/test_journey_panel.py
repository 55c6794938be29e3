"""A journey in time, as the page shows it."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.journey_panel import TimeChoice, conflicts, diagram, estimate, parse_moment, span_of, train
from dashboard.messages import Messages

ENGLISH = Messages.load("en")


@pytest.fixture
def choice(catalogue):
    (journey,) = catalogue.analysis.journeys
    start, end = span_of(journey)
    return TimeChoice(journey, start + (end - start) / 2, 60.0, frozenset({"e1", "e2"}))


def test_a_journey_spans_its_reports(catalogue):
    (journey,) = catalogue.analysis.journeys

    start, end = span_of(journey)

    assert (start.hour, end.hour) == (6, 9)  # 8 and 11 o'clock in Berlin in May, in UTC


def test_between_two_reports_the_train_is_a_band_with_a_middle(choice):
    drawn = train(choice)

    lats = [lat for lat, _ in drawn["band"]]
    assert max(lats) <= 51.68
    assert min(lats) >= 51.53
    assert 51.53 <= drawn["middle"][0] <= 51.68


def test_the_estimate_says_it_is_one_and_gives_the_local_time(choice, catalogue):
    text = estimate(choice, catalogue, ENGLISH)

    assert "(Berlin)" in text
    assert "Estimated" in text


def test_the_diagram_is_json_and_holds_every_report(choice, catalogue):
    shown = diagram(choice, catalogue, ENGLISH, dark=False)

    json.dumps(shown, allow_nan=False)
    assert [report["km"] for report in shown["reports"]] == [0.0, 22.0]
    assert [station["name"] for station in shown["stations"]] == ["Hamm", "Unna"]


def test_reports_that_no_speed_allows_are_named(choice, catalogue):
    slow = TimeChoice(choice.journey, choice.moment, 5.0, choice.trusted)

    assert len(conflicts(slow, catalogue, ENGLISH)) == 1
    assert conflicts(choice, catalogue, ENGLISH) == []


def test_with_no_report_to_rely_on_nothing_is_drawn(choice):
    assert train(TimeChoice(choice.journey, choice.moment, 60.0, frozenset())) is None


def test_a_moment_comes_back_from_the_browser():
    assert parse_moment(0) == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@given(st.none() | st.booleans() | st.text() | st.floats() | st.integers())
def test_no_answer_of_the_browser_raises(answer):
    parse_moment(answer)
