"""The JSON contract `luftlinie/analysis/1`: an `Analysis` as plain objects, key order stable.

Offsets are code points into the article's text exactly as in the file. Sentences for readers come in
one language; numbers carry the unit that stands beside them.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Check, Claim, CrossCheck, Role
from gazetteer.journeys.journey import Event, Journey, Leg, TimeWindow
from gazetteer.places.entries import GazetteerEntry
from gazetteer.reading.articles import Span
from gazetteer.reading.quantities import Quantity
from gazetteer.reading.resolution import Resolution

SCHEMA: Final = "luftlinie/analysis/1"

JsonObject = dict[str, Any]


def contract_of(analysis: Analysis, *, language: str | None = None) -> JsonObject:
    """Return the analysis as the JSON object of the contract.

    Args:
        analysis: What to write down.
        language: ISO 639-1 code for sentences and labels; by default that of most articles.
    """
    speech = language or analysis.language
    return {
        "schema": SCHEMA,
        "language": speech,
        "articles": [
            {
                "id": article.id,
                "source": article.source,
                "title": article.title,
                "language": article.language,
                "published": article.published.isoformat() if article.published else None,
                "text": article.text,
            }
            for article in analysis.articles
        ],
        "places": _places(analysis, speech),
        "mentions": [
            _mention(resolution, speech) for reading in analysis.readings for resolution in reading.in_order()
        ],
        "claims": [_claim(claim, speech) for claim in analysis.claims],
        "cross_checks": [_cross_check(crossed, speech) for crossed in analysis.cross_checks],
        "journeys": [_journey(journey, speech) for journey in analysis.journeys],
        "ways": _ways(analysis),
        "warnings": [warning.in_language(speech) for warning in analysis.warnings],
    }


def _places(analysis: Analysis, language: str) -> list[JsonObject]:
    surfaces: dict[str, Counter[str]] = {}
    for reading in analysis.readings:
        if reading.article.language != language:
            continue  # another language's spelling is not what readers of this one know
        for resolution in reading.resolutions:
            if resolution.entry is not None and resolution.spells_name:
                surfaces.setdefault(resolution.entry.id, Counter())[resolution.mention.surface] += 1
    return [
        _place(entry, language, surfaces.get(place_id, Counter()))
        for place_id, entry in analysis.places.items()
    ]


def _place(entry: GazetteerEntry, language: str, surfaces: Counter[str]) -> JsonObject:
    known = entry.name_de if language == "de" else entry.name_en
    # Where no exonym is on record the articles' own commonest spelling is what their readers know.
    label = known or (surfaces.most_common(1)[0][0] if surfaces else entry.name)
    return {
        "id": entry.id,
        "name": entry.name,
        "label": label,
        "feature": entry.feature.value,
        "feature_code": entry.feature_code,
        "lat": entry.position.lat,
        "lon": entry.position.lon,
        "country": entry.country,
        "admin1": entry.admin1,
        "population": entry.population,
        "extent_km": entry.extent_km,
        "source": entry.source,
    }


def _mention(resolution: Resolution, language: str) -> JsonObject:
    mention = resolution.mention
    return {
        "id": mention.id,
        "article": mention.span.article,
        "start": mention.span.start,
        "end": mention.span.end,
        "surface": mention.surface,
        "kind": mention.kind.value,
        "reading": mention.reading.value,
        "place": resolution.entry.id if resolution.entry else None,
        "confidence": round(resolution.confidence, 4),
        "candidates": [
            {
                "place": candidate.entry.id,
                "score": round(candidate.score, 4),
                "why": candidate.why.in_language(language),
            }
            for candidate in resolution.candidates
        ],
        "why": resolution.why.in_language(language),
    }


def _claim(claim: Claim, language: str) -> JsonObject:
    return {
        "id": claim.id,
        "article": claim.span.article,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "relation": claim.relation.value,
        "quantity": _quantity(claim.quantity) if claim.quantity else None,
        "direction": (
            {
                "word": claim.direction.word,
                "start": claim.direction.span.start,
                "end": claim.direction.span.end,
                "bearing_deg": claim.direction.bearing_deg,
                "wind": claim.direction.wind,
            }
            if claim.direction
            else None
        ),
        "subject": _role(claim.subject),
        "reference": _role(claim.reference),
        "origin": _role(claim.origin),
        "path": claim.path.value,
        "checks": [_check(check, language) for check in claim.checks],
        "hypotheses": [
            {
                "kind": hypothesis.kind,
                "text": hypothesis.wording.in_language(language),
                "plausibility": round(hypothesis.plausibility, 3),
            }
            for hypothesis in claim.hypotheses
        ],
        "verdict": claim.verdict.value,
        "reason": claim.reason.in_language(language),
    }


def _ways(analysis: Analysis) -> list[JsonObject]:
    """Write down each way by rail that claims were held against, once, coarse enough to be small."""
    drawn = {
        (begins.place, claim.reference.place): claim.rail
        for claim in analysis.claims
        if claim.rail and (begins := claim.origin or claim.subject) and claim.reference
    }
    return [
        {
            "from": origin,
            "to": destination,
            "mode": "rail",
            "geometry": {
                "type": "LineString",
                "coordinates": [[round(fix.lon, 4), round(fix.lat, 4)] for fix in line],
            },
        }
        for (origin, destination), line in drawn.items()
    ]


def _quantity(quantity: Quantity) -> JsonObject:
    return {
        "value": quantity.value,
        "value2": quantity.value2,
        "unit": quantity.unit,
        "start": quantity.span.start,
        "end": quantity.span.end,
        "si_value": quantity.si_value,
        "si_unit": quantity.si_unit,
        "low": _finite(quantity.low),
        "high": _finite(quantity.high),
        "hedge": quantity.hedge.words if quantity.hedge else None,
    }


def _role(role: Role | None) -> JsonObject | None:
    if role is None:
        return None
    return {
        "place": role.place,
        "start": role.span.start,
        "end": role.span.end,
        "via": role.via.value,
        "antecedent": _span(role.antecedent) if role.antecedent else None,
    }


def _check(check: Check, language: str) -> JsonObject:
    return {
        "facet": check.facet.value,
        "stated": _finite(check.stated),
        "computed": _finite(check.computed),
        "unit": check.unit,
        "deviation": _finite(check.deviation),
        "margin": _finite(check.margin),
        "verdict": check.verdict.value,
        "reason": check.reason.in_language(language),
    }


def _cross_check(crossed: CrossCheck, language: str) -> JsonObject:
    return {
        "claims": list(crossed.claims),
        "kind": crossed.kind,
        "stated": crossed.stated.in_language(language),
        "computed": crossed.computed.in_language(language),
        "verdict": crossed.verdict,
        "reason": crossed.reason.in_language(language),
    }


def _journey(journey: Journey, language: str) -> JsonObject:
    return {
        "id": journey.id,
        "traveller": journey.traveller,
        "title": journey.title.in_language(language),
        "mode": journey.mode.value,
        "length_km": round(journey.length_km, 1),
        "events": [_event(event, language) for event in journey.events],
        "legs": [_leg(leg, language) for leg in journey.legs],
        "notes": [note.in_language(language) for note in journey.notes],
    }


def _event(event: Event, language: str) -> JsonObject:
    when: TimeWindow | None = event.when
    return {
        "id": event.id,
        "kind": event.kind.value,
        "traveller": event.traveller,
        "place": event.place,
        "lat": event.position.lat if event.position else None,
        "lon": event.position.lon if event.position else None,
        "from": when.earliest.isoformat() if when else None,
        "to": when.latest.isoformat() if when else None,
        "zone": when.zone if when else None,
        "inferred": when.inferred if when else None,
        "what": event.what.in_language(language),
        "certainty": event.certainty.value,
        "reported_by": event.reported_by,
        "on_route": event.on_route,
        "conflicts": list(event.conflicts),
        "sources": [_span(span) for span in event.sources],
    }


def _leg(leg: Leg, language: str) -> JsonObject:
    return {
        "from": leg.origin,
        "to": leg.destination,
        "mode": leg.mode.value,
        "length_km": round(leg.length_km, 1),
        "geodesic_km": round(leg.geodesic_km, 1),
        "certainty": leg.certainty.value,
        "geometry": {
            "type": "LineString",
            "coordinates": [[round(fix.lon, 5), round(fix.lat, 5)] for fix in leg.geometry],
        },
        "source": leg.source.in_language(language),
        "events": list(leg.events),
        "borders": [
            {
                "lat": round(crossing.position.lat, 5),
                "lon": round(crossing.position.lon, 5),
                "from": crossing.country,
                "to": crossing.neighbour,
            }
            for crossing in leg.borders
        ],
        "gauge_breaks": [
            {
                "lat": round(change.position.lat, 5),
                "lon": round(change.position.lon, 5),
                "station": change.station,
                "from_mm": change.gauge_mm,
                "to_mm": change.neighbour_mm,
            }
            for change in leg.gauge_breaks
        ],
        "notes": [note.in_language(language) for note in leg.notes],
    }


def _span(span: Span) -> JsonObject:
    return {"article": span.article, "start": span.start, "end": span.end}


def _finite(number: float | None) -> float | None:
    """JSON has no infinity: an open end is null."""
    return number if number is not None and math.isfinite(number) else None
