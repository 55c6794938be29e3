"""The claims report: complete, escaped, and nothing in it that runs or calls home."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from claim_makers import PLACES, checked, claim_of, length_of

from gazetteer.claims.report import report_html, report_markdown

HOSTILE = "<script>alert(1)</script> <img onerror=x> `${1}` {{7*191}} {% x %} | # * [a](http://b) \" ' &amp;"

_ROLES = ("subject", "reference", "origin")


def contract(*claims, text="x" * 100, title="", source="a.txt"):
    """Write claims down as the JSON contract does, as far as the report reads it."""
    return {
        "schema": "luftlinie/analysis/1",
        "articles": [
            {"id": "a", "source": source, "title": title, "language": "de", "published": None, "text": text}
        ],
        "places": [
            {
                "id": place.id,
                "name": place.name,
                "label": place.label("de"),
                "feature": place.feature.value,
                "feature_code": "",
                "lat": place.position.lat,
                "lon": place.position.lon,
                "country": place.country,
                "admin1": None,
                "population": 0,
                "extent_km": place.extent_km,
                "source": place.source,
            }
            for place in PLACES.values()
        ],
        "claims": [_claim(one) for one in claims],
        "cross_checks": [
            {
                "claims": [],
                "kind": "time",
                "stated": HOSTILE,
                "computed": "1 h",
                "verdict": "contradiction",
                "reason": "No.",
            }
        ],
        "journeys": [],
        "warnings": [HOSTILE],
    }


def _claim(claim):
    quantity, direction = claim.quantity, claim.direction
    return {
        "id": claim.id,
        "article": claim.span.article,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "relation": claim.relation.value,
        "quantity": quantity
        and {"si_value": quantity.si_value, "si_unit": quantity.si_unit, "low": quantity.low, "high": None},
        "direction": direction and {"bearing_deg": direction.bearing_deg, "wind": direction.wind},
        **{role: (held := getattr(claim, role)) and {"place": held.place} for role in _ROLES},
        "path": claim.path.value,
        "checks": [
            {
                "facet": check.facet.value,
                "stated": check.stated,
                "computed": check.computed,
                "unit": check.unit,
                "deviation": check.deviation,
                "margin": check.margin,
                "verdict": check.verdict.value,
                "reason": check.reason.de,
            }
            for check in claim.checks
        ],
        "hypotheses": [{"kind": one.kind, "text": one.wording.de} for one in claim.hypotheses],
        "verdict": claim.verdict.value,
        "reason": claim.reason.de,
    }


CLAIMS = checked(
    claim_of("distance", subject="vladivostok", reference="pyongyang", quantity=length_of(680), wind="N"),
    claim_of(
        "trip_length", origin="pyongyang", reference="vladivostok", quantity=length_of(683, "mi"), path="rail"
    ),
    claim_of("distance", subject="apia", reference="suva", quantity=length_of(1150)),
    claim_of("border", subject="vladivostok", reference="north_korea"),
    claim_of("speed", quantity=length_of(59, "km/h")),
)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()
        self.attributes = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {(name, value) for name, value in attrs}


def tags_of(page):
    parser = Tags()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_forms_show_every_claim_with_verdict_and_numbers(language):
    for report in (report_markdown, report_html):
        text = report(contract(*CLAIMS), language)

        assert text.count("words") >= len(CLAIMS)
        assert "684 km" in text
        assert "a.txt" in text
        assert "Natural Earth" in text


def test_hostile_text_stays_text():
    claim = claim_of("speed", quantity=length_of(59, "km/h"), quote=HOSTILE)
    page = report_html(contract(*checked(claim), text=HOSTILE, title=HOSTILE, source=HOSTILE), "en")

    parser = tags_of(page)

    assert not parser.seen & {"script", "img", "a", "iframe", "object", "link"}
    assert not any(name.startswith("on") for name, _ in parser.attributes)
    assert "<script>alert" not in page


def test_hostile_text_makes_no_html_and_no_structure_in_markdown():
    claim = claim_of("speed", quantity=length_of(59, "km/h"), quote=HOSTILE)
    text = report_markdown(contract(*checked(claim), text=HOSTILE, title=HOSTILE, source=HOSTILE), "en")

    assert "<" not in text
    assert not re.search(r"(?<!\\)\[a", text)
    assert not re.search(r"(?<!\\)[`$]", text)


def test_the_page_asks_nothing_of_other_machines():
    parser = tags_of(report_html(contract(*CLAIMS), "de"))

    assert not any(name in {"src", "href", "action", "xlink:href"} for name, _ in parser.attributes)
    assert any("default-src 'none'" in (value or "") for _, value in parser.attributes)


def test_a_map_shows_the_names_and_the_ring():
    page = report_html(contract(CLAIMS[0]), "de")

    assert '<path class="ring"' in page
    assert ">Wladiwostok</text>" in page


def test_a_map_draws_the_way_by_rail_that_was_measured():
    by_rail = CLAIMS[1]
    written = contract(by_rail)
    plain = report_html(written, "de")
    written["ways"] = [
        {
            "from": by_rail.origin.place,
            "to": by_rail.reference.place,
            "mode": "rail",
            "geometry": {"type": "LineString", "coordinates": [[125.8, 39.0], [129.8, 42.3], [131.9, 43.1]]},
        }
    ]

    assert '<path class="rail"' in report_html(written, "de")
    assert '<path class="rail"' not in plain


def test_a_map_across_the_180th_meridian_does_not_leap():
    """No stroke of the map runs from one edge of the world to the other."""
    page = report_html(contract(CLAIMS[2]), "de")

    (ring,) = re.findall(r'<path class="ring" fill-rule="evenodd" d="([^"]+)"', page)
    numbers = [float(one) for one in re.findall(r"-?\d+\.\d", ring)]
    assert max(numbers[::2]) < 480
    assert min(numbers[::2]) > 0


def test_an_analysis_without_claims_says_so():
    assert "Keine Behauptung" in report_markdown(contract(), "de")
    assert "No claim" in report_html(contract(), "en")


def test_the_report_can_be_made_from_stored_json():
    stored = json.loads(json.dumps(contract(*CLAIMS)))

    assert report_markdown(stored, "de") == report_markdown(contract(*CLAIMS), "de")
