"""On which day a text was written, as its weekdays tell it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.journeys.calendar import Shape, TimeExpression, Toward
from gazetteer.journeys.days import days_of
from gazetteer.journeys.weeks import day_for_order, days_written
from gazetteer.reading.articles import Span

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 1, 2, 4, 5


def weekday(number, toward):
    return TimeExpression(Span("a", 0, 1), "day", Shape.WEEKDAY, weekdays=(number,)), toward


def test_the_weekdays_of_a_tour_put_the_article_before_its_announced_last_day():
    said = [weekday(WEDNESDAY, Toward.PAST), weekday(FRIDAY, Toward.FUTURE)]

    days = days_written((dt.date(2023, 4, 18), Toward.FUTURE), said)

    assert days is not None
    assert days[0] == dt.date(2023, 4, 12)
    assert days[1] <= dt.date(2023, 4, 14)


def test_a_past_day_alone_is_followed_by_its_article_soon():
    assert days_written((dt.date(2019, 7, 20), Toward.PAST), []) == (
        dt.date(2019, 7, 20),
        dt.date(2019, 7, 22),
    )


def test_without_weekdays_there_is_no_order():
    assert day_for_order([]) is None


def test_undated_weekdays_follow_each_other_over_the_weekend():
    said = [
        weekday(SATURDAY, Toward.PAST),
        weekday(MONDAY, Toward.PAST),
        weekday(TUESDAY, Toward.FUTURE),
    ]

    day = day_for_order(said)
    falls = [days_of(time, day, toward=toward)[0] for time, toward in said]

    assert falls == sorted(falls)
    assert (falls[-1] - falls[0]).days == 3


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from([Toward.PAST, Toward.FUTURE])), max_size=9),
    st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)),
    st.sampled_from([Toward.PAST, Toward.FUTURE]),
)
def test_an_article_lies_on_the_side_of_its_dated_day_that_the_tense_says(said, day, toward):
    found = days_written((day, toward), [weekday(*one) for one in said])

    if found is not None:
        first, last = found
        assert first <= last
        assert (first >= day and last <= day + dt.timedelta(days=6)) if toward is Toward.PAST else last <= day
