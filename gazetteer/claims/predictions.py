"""Claims and quantities in the form that evaluation files use: plain dictionaries with offsets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gazetteer.claims.claim import Claim, Relation
from gazetteer.geodesy import destination
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Span
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.reader import ArticleReading


def quantity_predictions(quantities: Iterable[Quantity]) -> list[dict[str, Any]]:
    """Return lengths and speeds as `{start, end, value, value2, unit}`; durations are left out."""
    return [
        {**_offsets(q.span), "value": q.value, "value2": q.value2, "unit": q.unit}
        for q in quantities
        if q.dimension is not Dimension.DURATION
    ]


def claim_predictions(
    claims: Iterable[Claim], reading: ArticleReading, gazetteer: Gazetteer
) -> list[dict[str, Any]]:
    """Return the distance claims of one article, `start` and `end` those of the quantity.

    `direction` is the wind of the target as seen from the anchor; `lat` and `lon` are where the
    geodesic ends that leaves the anchor in that direction for the stated distance, if both are known.
    """
    own = reading.article.id
    return [
        _prediction(claim, claim.quantity, gazetteer)
        for claim in claims
        if claim.relation is Relation.DISTANCE and claim.quantity is not None and claim.span.article == own
    ]


def _prediction(claim: Claim, quantity: Quantity, gazetteer: Gazetteer) -> dict[str, Any]:
    line: dict[str, Any] = {
        **_offsets(quantity.span),
        "value": quantity.value,
        "unit": quantity.unit,
        "direction": claim.direction.wind if claim.direction is not None else None,
        "anchor": _offsets(claim.reference.span) if claim.reference is not None else None,
        "target": _offsets(claim.subject.span) if claim.subject is not None else None,
    }
    if claim.direction is not None and claim.reference is not None and claim.reference.place is not None:
        anchor = gazetteer.entry(claim.reference.place).position
        reached = destination(anchor, claim.direction.bearing_deg, quantity.si_value / 1000.0)
        line |= {"lat": reached.lat, "lon": reached.lon}
    return line


def _offsets(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
