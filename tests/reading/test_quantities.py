"""Quantities: every written form is read with its span, value, unit and interval."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.reading.intervals import HedgeKind, converted_from, granularity, interval
from gazetteer.reading.quantities import Quantity, quantities_in
from gazetteer.reading.units import UNITS, Dimension


def read(text: str, language: str = "de") -> list[tuple[str, float, float | None, str]]:
    found = quantities_in(text, article="a", language=language)
    return [(text[q.span.start : q.span.end], q.value, q.value2, q.unit) for q in found]


def only(text: str, language: str = "de") -> Quantity:
    (found,) = quantities_in(text, article="a", language=language)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.180 km", 1180, "km"),
        ("1,5 km", 1.5, "km"),
        ("1 500 km", 1500, "km"),
        ("1\u202f500 km", 1500, "km"),
        ("1\u00a0500 Kilometern", 1500, "km"),
        ("2,4 Millionen Kilometer", 2_400_000, "km"),
        ("anderthalb Stunden", 1.5, "h"),
        ("eine halbe Stunde", 0.5, "h"),
        ("eine Viertelstunde", 0.25, "h"),
        ("zweieinhalb Stunden", 2.5, "h"),
        ("zweihundertfünfzig Kilometer", 250, "km"),
        ("einundzwanzig Tage", 21, "day"),
        ("dreitausend Kilometer", 3000, "km"),
        ("ein Dutzend Kilometer", 12, "km"),
        ("zweitägigen", 2, "day"),
        ("30-minütige", 30, "min"),
        ("37 Meilen pro Stunde", 37, "mph"),
        ("120 Kilometern in der Stunde", 120, "km/h"),
        ("300 Stundenkilometer", 300, "km/h"),
        ("12 Seemeilen", 12, "nmi"),
        ("5 Werst", 5, "verst"),
        ("eine Stunde und 20 Minuten", 4 / 3, "h"),
    ],
)
def test_german_forms_are_read_whole(text: str, value: float, unit: str) -> None:
    assert read(text) == [(text, pytest.approx(value), None, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,180 km", 1180, "km"),
        ("1.5 miles", 1.5, "mi"),
        ("half a mile", 0.5, "mi"),
        ("half an hour", 0.5, "h"),
        ("a mile and a half", 1.5, "mi"),
        ("two and a half hours", 2.5, "h"),
        ("a dozen miles", 12, "mi"),
        ("2½ miles", 2.5, "mi"),
        ("9 1⁄2 miles", 9.5, "mi"),
        ("two hundred and fifty kilometres", 250, "km"),
        ("three point five miles", 3.5, "mi"),
        ("two-day", 2, "day"),
        ("188 miles an hour", 188, "mph"),
        ("12 nautical miles", 12, "nmi"),
        ("5 feet 2 inches", 5 + 2 / 12, "ft"),
    ],
)
def test_english_forms_are_read_whole(text: str, value: float, unit: str) -> None:
    assert read(text, "en") == [(text, pytest.approx(value), None, unit)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("30 bis 40 km", "de"),
        ("zwischen 30 und 40 km", "de"),
        ("30–40 km", "de"),
        ("30 km bis 40 km", "de"),
        ("between 30 and 40 km", "en"),
        ("30km-40km", "en"),
        ("30 to 40 km", "en"),
    ],
)
def test_a_range_has_two_ends(text: str, language: str) -> None:
    assert read(text, language) == [(text, 30, 40, "km")]


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19",
        "Rossija-24",
        "4.050 m² Land",
        "5 km2 Wald",
        "mehrere Tage",
        "scp-173 m",
        "$5m",
        "um 14 Uhr",
        "im Jahr 2019",
        "ein guter Tag für Köln",
        "a good year for Ulm",
    ],
)
def test_what_measures_no_length_speed_or_time_is_left_alone(text: str) -> None:
    assert read(text) == []


def test_the_year_before_a_number_is_no_thousands_group() -> None:
    assert read("Im Jahr 2019 500 Kilometer") == [("500 Kilometer", 500, None, "km")]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("nur etwa 59 km/h", "nur etwa", HedgeKind.ABOUT),
        ("eine knappe Stunde", "knappe", HedgeKind.BELOW),
        ("in einer guten Autostunde", "guten", HedgeKind.ABOVE),
        ("nur 680 Kilometer", "nur", HedgeKind.EVALUATIVE),
        ("knapp 1000 km", "knapp", HedgeKind.BELOW),
        ("mehr als vier Jahre", "mehr als", HedgeKind.ABOVE),
        ("bis zu 30 km", "bis zu", HedgeKind.AT_MOST),
        ("mindestens 30 km", "mindestens", HedgeKind.AT_LEAST),
    ],
)
def test_the_hedge_is_read_apart_from_the_number(text: str, words: str, kind: HedgeKind) -> None:
    hedge = only(text).hedge

    assert hedge is not None
    assert (hedge.words, hedge.kind) == (words, kind)


def test_several_hundred_is_an_interval() -> None:
    found = only("mehrere hundert Kilometer")

    assert (found.low, found.high) == (200_000, 900_000)


def test_683_miles_is_read_as_the_1100_kilometres_it_was_converted_from() -> None:
    assert converted_from(683, "mi") == (1100.0, "km")
    assert only("683 Meilen").high == pytest.approx(1_155_000)


def test_a_pure_power_of_ten_shows_one_power_less() -> None:
    assert [granularity(value) for value in (680, 900, 683, 100, 20)] == [10, 100, 1, 10, 10]


@given(st.sampled_from(sorted(UNITS)), st.floats(1e-3, 1e6), st.sampled_from([None, *HedgeKind]))
def test_the_interval_contains_its_value(unit: str, value: float, hedge: HedgeKind | None) -> None:
    low, high, _ = interval(value, None, unit, hedge)

    si = value * UNITS[unit].factor
    assert low <= si * (1 + 1e-9)
    assert si * (1 - 1e-9) <= high


@given(st.sampled_from(sorted(UNITS)), st.floats(1e-3, 1e6))
def test_a_unit_turned_into_si_and_back_is_the_same(unit: str, value: float) -> None:
    assert value * UNITS[unit].factor / UNITS[unit].factor == pytest.approx(value)


_PIECES = st.sampled_from(
    [
        "5",
        "1.000",
        ",",
        "zwei",
        "und",
        "ein",
        "halb",
        "hundert",
        "km",
        "Kilometer",
        "-",
        " ",
        "bis",
        "zwischen",
        "½",
        "1/0",
        "etwa",
        "m²",
        "'",
        '"',
        "tägig",
        "two",
        "and",
        "a",
        "half",
        "miles",
        "per hour",
        "\n",
        "\u00a0",
        "ß",
        "İ",
        "²",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join), st.sampled_from(["de", "en", "und"]))
def test_any_text_is_read_without_error_and_spans_lie_inside_it(text: str, language: str) -> None:
    end = 0
    for found in quantities_in(text, article="a", language=language):
        assert end <= found.span.start < found.span.end <= len(text)
        assert 0 <= found.low <= found.high
        assert math.isfinite(found.value)
        end = found.span.end


def test_speeds_lengths_and_durations_are_told_apart() -> None:
    found = quantities_in("59 km/h, 60 km, 2 Tage", article="a", language="de")

    assert [q.dimension for q in found] == [Dimension.SPEED, Dimension.LENGTH, Dimension.DURATION]


def test_a_long_row_of_fractions_is_none() -> None:
    # Each is followed by another, however long the row: the time must not grow with its square.
    assert read("1/" * 100_000 + "1 km") == []
