"""The geometry of a claim: what was said beside what is."""

from __future__ import annotations

import math

import pytest
from claim_makers import PLACES, claim_of, length_of
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.analysis import analyse
from gazetteer.claims.drawing import ClaimDrawing, drawing_from_json, drawing_of
from gazetteer.claims.parallels import OBLIQUITY_DEG, parallel_quoted
from gazetteer.contract import contract_of
from gazetteer.geodesy import angle_between_deg, geodesic_km, initial_bearing_deg
from gazetteer.positions import LatLon
from gazetteer.reading.articles import article_from_text

BY_ID = {entry.id: entry for entry in PLACES.values()}

towns = st.sampled_from(["berlin", "munich", "vladivostok", "suva", "apia", "moscow"])


@given(towns, towns, st.integers(5, 3000))
@settings(max_examples=30, deadline=None)
def test_rings_lie_at_the_ends_of_the_stated_interval(subject, reference, km):
    claim = claim_of("distance", subject=subject, reference=reference, quantity=length_of(km, "km", "about"))

    drawing = drawing_of(claim, BY_ID)

    for ring, metres in ((drawing.ring_inner, claim.quantity.low), (drawing.ring_outer, claim.quantity.high)):
        assert ring[0] == ring[-1]
        for corner in ring:
            assert geodesic_km(drawing.reference, corner) == pytest.approx(metres / 1000, rel=1e-6)


def test_the_sector_holds_the_stated_direction_and_the_reckoned_point():
    claim = claim_of(
        "distance", subject="vladivostok", reference="pyongyang", quantity=length_of(680), wind="N"
    )

    drawing = drawing_of(claim, BY_ID)

    start = drawing.reference
    assert geodesic_km(start, drawing.reckoned) == pytest.approx(680)
    assert drawing.true_place == PLACES["vladivostok"].position
    for corner in drawing.sector[1:-1]:
        assert angle_between_deg(initial_bearing_deg(start, corner), 0.0) <= 22.5 + 1e-6


def test_a_trip_is_drawn_from_its_origin_without_rings():
    claim = claim_of("trip_length", origin="munich", reference="berlin", quantity=length_of(600), path="rail")

    drawing = drawing_of(claim, BY_ID)

    assert (drawing.reference, drawing.true_place) == (PLACES["munich"].position, PLACES["berlin"].position)
    assert drawing.geodesic[0] == drawing.reference
    assert drawing.ring_outer == ()


def test_a_border_claim_shows_the_nearest_point():
    claim = claim_of("border", subject="vladivostok", reference="north_korea")

    drawing = drawing_of(claim, BY_ID)

    assert geodesic_km(drawing.true_place, drawing.nearest) == pytest.approx(127, abs=2)


@pytest.mark.parametrize("relation", ["distance", "direction", "trip_length", "border", "speed", "interval"])
def test_without_places_there_is_nothing_to_draw(relation):
    assert drawing_of(claim_of(relation, quantity=length_of(5)), BY_ID) == ClaimDrawing()


def test_an_open_bound_has_no_infinite_ring():
    claim = claim_of(
        "distance", subject="munich", reference="berlin", quantity=length_of(300, "km", "at_least")
    )

    drawing = drawing_of(claim, BY_ID)

    assert len(drawing.ring_outer) > 2


@pytest.mark.parametrize("lon", [25.7, 179.5])
def test_a_circle_of_latitude_is_drawn_beside_the_place(lon):
    parallel = parallel_quoted("south of the Arctic Circle")
    line = parallel.around(LatLon(66.5, lon))

    assert {fix.lat for fix in line} == {90.0 - OBLIQUITY_DEG}
    assert math.isclose(line[len(line) // 2].lon, lon)


def test_a_claim_from_a_circle_of_latitude_leads_to_it_along_the_meridian(gazetteer):
    text = "Tromsø lies 350 kilometres north of the Arctic Circle."
    analysis = analyse([article_from_text(text, source="one.txt")], gazetteer)
    (claim,) = analysis.claims

    drawn = drawing_of(claim, analysis.places)

    assert drawn.nearest.lon == drawn.true_place.lon
    assert drawn.nearest in drawn.parallel
    assert drawing_from_json(contract_of(analysis)["claims"][0], analysis.places.get) == drawn
