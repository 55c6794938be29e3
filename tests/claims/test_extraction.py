"""Claims are found in sentences, with their words, places and kind of way; other numbers are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.claims.extraction import claims_in
from gazetteer.claims.predictions import claim_predictions, quantity_predictions
from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.mentions import Kind, Mention, Reading
from gazetteer.reading.quantities import quantities_in
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution
from gazetteer.reading.sentences import sentence_bounds
from gazetteer.wording import Wording

CASES = json.loads((Path(__file__).parent.parent / "golden" / "claims_found.json").read_text("utf-8"))
NOTE = Wording.same("by hand")


def reading_of(text, language, places, gazetteer):
    """Read a text whose places are given by surface; `~` before a surface marks a demonym."""
    resolutions = []
    for surface, place in places.items():
        name, kind = surface.lstrip("~"), Kind.DEMONYM if surface[0] == "~" else Kind.TOPONYM
        start = text.find(name)
        while start >= 0:
            span = Span("a", start, start + len(name))
            reading = Reading.ATTRIBUTIVE if kind is Kind.DEMONYM else Reading.PLACE
            mention = Mention(span, name, kind, reading)
            resolutions.append(Resolution(mention, gazetteer.entry(place), 1.0, (), NOTE))
            start = text.find(name, start + 1)
    return ArticleReading(
        Article("a", "a.txt", "", language, None, text),
        tuple(Sentence(Span("a", *bounds)) for bounds in sentence_bounds(text, language=language)),
        quantities_in(text, article="a", language=language),
        tuple(resolutions),
    )


def described(claim, places):
    names = {place: surface for surface, place in places.items()}

    def place(role):
        return None if role is None or role.place is None else names.get(role.place, f"={role.place}")

    return {
        "relation": claim.relation.value,
        "quote": claim.quote,
        "subject": place(claim.subject),
        "reference": place(claim.reference),
        "origin": place(claim.origin),
        "direction": claim.direction and claim.direction.wind,
        "path": claim.path.value,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden_case(case, gazetteer):
    reading = reading_of(case["text"], case["language"], case["places"], gazetteer)

    found = [described(claim, case["places"]) for claim in claims_in(reading, gazetteer)]

    assert found == [{k: v for k, v in claim.items() if k != "via"} for claim in case["claims"]]


@pytest.mark.parametrize(
    "case", [c for c in CASES if any(x["via"] for x in c["claims"])], ids=lambda c: c["why"]
)
def test_a_role_says_how_it_was_found(case, gazetteer):
    reading = reading_of(case["text"], case["language"], case["places"], gazetteer)

    found = {claim.quote: claim for claim in claims_in(reading, gazetteer)}

    for claim in case["claims"]:
        if claim["via"]:
            assert found[claim["quote"]].subject.via.value == claim["via"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_an_irrelevant_sentence_after_it_changes_nothing(case, gazetteer):
    more = {"de": " Danach wurde zu Abend gegessen.", "en": " Dinner was served afterwards."}[
        case["language"]
    ]
    text = case["text"].rstrip(".") + "."
    plain = reading_of(text, case["language"], case["places"], gazetteer)
    longer = reading_of(text + more, case["language"], case["places"], gazetteer)

    assert claims_in(longer, gazetteer) == claims_in(plain, gazetteer)


def test_ids_are_unique_and_quotes_are_the_text(gazetteer):
    for case in CASES:
        claims = claims_in(reading_of(case["text"], case["language"], case["places"], gazetteer), gazetteer)

        assert len({claim.id for claim in claims}) == len(claims)
        assert all(case["text"][c.span.start : c.span.end] == c.quote for c in claims)
        assert all(
            c.quantity is None or c.span.start <= c.quantity.span.end <= len(case["text"]) for c in claims
        )


def test_predictions_tell_where_the_stated_distance_and_direction_lead(gazetteer):
    text = "16km SSE of Hawthorne, Nevada"
    reading = reading_of(text, "en", {}, gazetteer)

    (line,) = claim_predictions(claims_in(reading, gazetteer), reading, gazetteer)

    assert (line["start"], line["end"], line["value"], line["unit"], line["direction"]) == (
        0,
        4,
        16.0,
        "km",
        "SSE",
    )
    assert text[line["anchor"]["start"] : line["anchor"]["end"]] == "Hawthorne, Nevada"
    assert line["lat"] == pytest.approx(38.39, abs=0.05)  # degrees; 16 km south-south-east of the town


def test_quantity_predictions_leave_durations_out():
    found = quantities_in("zwei Tage und 30 bis 40 km", article="a", language="de")

    assert quantity_predictions(found) == [
        {"start": 14, "end": 26, "value": 30.0, "value2": 40.0, "unit": "km"}
    ]


_PIECES = st.sampled_from(
    [
        "Berlin",
        "Paris",
        "5 km",
        "nördlich",
        "von",
        "der",
        "Grenze",
        "zu",
        ",",
        ".",
        "die",
        "liegt",
        "und",
        "(",
        ")",
        "north",
        "of",
        "from",
        "to",
        "the",
        "city",
        "between",
        "Reise",
        "trip",
        "zwei Tage",
        "Stadt",
        "Zug",
        "dort",
        "\n",
        "–",
        "“",
        "entfernt",
        "Diese",
        "It",
        "is",
        "near",
        "an",
        "Küste",
        "nach",
        "Rädern",
        "umständlich",
        "\u00a0",
        "İ",
    ]
)


@given(st.lists(_PIECES, max_size=40), st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_error(gazetteer, pieces, language):
    text = " ".join(pieces)
    berlin, paris = (gazetteer.lookup(name)[0].entry.id for name in ("Berlin", "Paris"))
    reading = reading_of(text, language, {"Berlin": berlin, "Paris": paris}, gazetteer)

    for claim in claims_in(reading, gazetteer):
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert claim.quote == text[claim.span.start : claim.span.end]
