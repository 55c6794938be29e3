"""An `Analysis` as files for other programs: JSON, GeoJSON and CSV, each a pure function to text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Check, Claim, Role
from gazetteer.contract import JsonObject, contract_of
from gazetteer.geojson import feature, line_geometry
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.reading.mentions import Kind
from gazetteer.reading.resolution import Resolution
from gazetteer.spreadsheets import csv_of

Cells = tuple[object, ...]

MENTION_COLUMNS: Final = (
    *("article", "start", "end", "surface", "kind", "reading", "confidence"),
    *("place", "name", "feature", "country", "lat", "lon", "why"),
)
CLAIM_COLUMNS: Final = (
    *("claim", "article", "start", "end", "quote", "relation", "subject", "reference", "verdict", "reason"),
    *("facet", "stated", "computed", "unit", "deviation", "facet_verdict", "facet_reason"),
)


def to_json(analysis: Analysis, *, language: str | None = None) -> str:
    """Return the analysis as one JSON object, as `gazetteer.contract` lays it down."""
    return json.dumps(contract_of(analysis, language=language), ensure_ascii=False, indent=1) + "\n"


def to_geojson(analysis: Analysis, *, language: str | None = None) -> str:
    """Return one RFC 7946 FeatureCollection: named places, claims as lines, legs of journeys.

    Each feature's `properties.layer` says which of `place`, `claim`, `leg` it is.
    """
    contract = contract_of(analysis, language=language)
    places = {place["id"]: place for place in contract["places"]}
    features = [
        *_place_features(contract, places),
        *_claim_features(contract, places),
        *_leg_features(contract),
    ]
    collection = {
        "type": "FeatureCollection",
        "attribution": sorted({place["source"] for place in places.values() if place["source"]}),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def mentions_csv(analysis: Analysis, *, language: str | None = None) -> str:
    """Return one row for each mention: where it stands, what it denotes, how surely, and why."""
    speech = language or analysis.language
    resolutions = (resolution for reading in analysis.readings for resolution in reading.resolutions)
    return csv_of(MENTION_COLUMNS, (_mention_cells(resolution, speech) for resolution in resolutions))


def claims_csv(analysis: Analysis, *, language: str | None = None) -> str:
    """Return one row for each facet of each claim; a claim without checks has one row, too."""
    speech = language or analysis.language
    rows = (
        _claim_cells(analysis, claim, speech) + _check_cells(check, speech)
        for claim in analysis.claims
        for check in claim.checks or (None,)
    )
    return csv_of(CLAIM_COLUMNS, rows)


def _place_features(contract: JsonObject, places: dict[str, JsonObject]) -> Iterable[JsonObject]:
    named: dict[str, list[JsonObject]] = {}
    for mention in contract["mentions"]:
        if mention["place"] is not None and mention["kind"] != Kind.ANAPHOR:
            named.setdefault(mention["place"], []).append(mention)
    for place_id, mentions in named.items():
        place = places[place_id]
        passages = [
            {key: mention[key] for key in ("article", "start", "end", "surface")} for mention in mentions
        ]
        properties = {"layer": "place"} | {key: place[key] for key in place if key not in {"lat", "lon"}}
        properties |= {"mentions": len(mentions), "passages": passages}
        yield feature({"type": "Point", "coordinates": [place["lon"], place["lat"]]}, properties)


def _claim_features(contract: JsonObject, places: dict[str, JsonObject]) -> Iterable[JsonObject]:
    for claim in contract["claims"]:
        ends = [places.get((claim[role] or {}).get("place") or "") for role in ("reference", "subject")]
        if None in ends:
            continue
        line = line_geometry([LatLon(end["lat"], end["lon"]) for end in ends if end])
        kept = ("id", "article", "start", "end", "quote", "relation", "checks", "verdict", "reason")
        yield feature(line, {"layer": "claim"} | {key: claim[key] for key in kept})


def _leg_features(contract: JsonObject) -> Iterable[JsonObject]:
    for journey in contract["journeys"]:
        for leg in journey["legs"]:
            properties = {"layer": "leg", "journey": journey["id"], "traveller": journey["traveller"]}
            properties |= {key: value for key, value in leg.items() if key != "geometry"}
            fixes = [LatLon.from_lonlat((lon, lat)) for lon, lat in leg["geometry"]["coordinates"]]
            yield feature(line_geometry(fixes), properties)


def _mention_cells(resolution: Resolution, language: str) -> Cells:
    mention, entry = resolution.mention, resolution.entry
    place: Cells = (None,) * 6
    if entry is not None:
        label = entry.label(language)
        place = (entry.id, label, entry.feature.value, entry.country, *entry.position.latlon())
    words = (mention.surface, mention.kind.value, mention.reading.value)
    why = resolution.why.in_language(language)
    return (*_span_cells(mention.span), *words, round(resolution.confidence, 3), *place, why)


def _claim_cells(analysis: Analysis, claim: Claim, language: str) -> Cells:
    roles = (_role_label(analysis, role, language) for role in (claim.subject, claim.reference))
    words = (claim.quote, claim.relation.value, *roles)
    reason = claim.reason.in_language(language)
    return (claim.id, *_span_cells(claim.span), *words, claim.verdict.value, reason)


def _check_cells(check: Check | None, language: str) -> Cells:
    if check is None:
        return (None,) * 7
    numbers = (check.stated, check.computed, check.unit, check.deviation)
    return (check.facet.value, *numbers, check.verdict.value, check.reason.in_language(language))


def _role_label(analysis: Analysis, role: Role | None, language: str) -> str | None:
    entry = analysis.places.get(role.place) if role and role.place else None
    return entry.label(language) if entry else None


def _span_cells(span: Span) -> Cells:
    return span.article, span.start, span.end
