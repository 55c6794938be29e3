"""Routes along known lines of the world come within 3 % of the published length."""

import json
from pathlib import Path

import pytest

from gazetteer.journeys.routes import route
from gazetteer.positions import LatLon

CASES = json.loads(
    (Path(__file__).parents[1] / "golden" / "railway_lengths.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id="-".join(case["stops"]),
            marks=[pytest.mark.xfail(reason=case["known_failure"], strict=True)]
            if "known_failure" in case
            else [],
        )
        for case in CASES
    ],
)
def test_a_known_line_has_its_published_length(network, case):
    stops = [LatLon(*position) for position in case["positions"]]

    found = route(network, stops, names=case["stops"])

    assert found.length_km == pytest.approx(case["published_km"], rel=0.03)  # kilometres
