"""An `Analysis` as files for other programs: JSON, GeoJSON and CSV, each a pure function to text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from gazetteer.analysis import Analysis
from gazetteer.claims.claim import Role
from gazetteer.contract import JsonObject, contract_of
from gazetteer.reading.articles import Span
from gazetteer.reading.mentions import Kind

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a cell as a formula.

Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection.
"""


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
    rows: list[dict[str, object]] = []
    for reading in analysis.readings:
        for resolution in reading.resolutions:
            mention, entry = resolution.mention, resolution.entry
            rows.append(
                {
                    **_span_cells(mention.span),
                    "surface": mention.surface,
                    "kind": mention.kind.value,
                    "reading": mention.reading.value,
                    "confidence": round(resolution.confidence, 3),
                    "place": entry.id if entry else None,
                    "name": entry.label(speech) if entry else None,
                    "feature": entry.feature.value if entry else None,
                    "country": entry.country if entry else None,
                    "lat": entry.position.lat if entry else None,
                    "lon": entry.position.lon if entry else None,
                    "why": resolution.why.in_language(speech),
                }
            )
    return _csv(rows)


def claims_csv(analysis: Analysis, *, language: str | None = None) -> str:
    """Return one row for each facet of each claim; a claim without checks has one row, too."""
    speech = language or analysis.language
    rows: list[dict[str, object]] = []
    for claim in analysis.claims:
        for check in claim.checks or (None,):
            rows.append(
                {
                    "claim": claim.id,
                    **_span_cells(claim.span),
                    "quote": claim.quote,
                    "relation": claim.relation.value,
                    "subject": _role_label(analysis, claim.subject, speech),
                    "reference": _role_label(analysis, claim.reference, speech),
                    "verdict": claim.verdict.value,
                    "reason": claim.reason.in_language(speech),
                    "facet": check.facet.value if check else None,
                    "stated": check.stated if check else None,
                    "computed": check.computed if check else None,
                    "unit": check.unit if check else None,
                    "deviation": check.deviation if check else None,
                    "facet_verdict": check.verdict.value if check else None,
                    "facet_reason": check.reason.in_language(speech) if check else None,
                }
            )
    return _csv(rows)


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
        yield _feature("Point", [place["lon"], place["lat"]], properties)


def _claim_features(contract: JsonObject, places: dict[str, JsonObject]) -> Iterable[JsonObject]:
    for claim in contract["claims"]:
        ends = [places.get((claim[role] or {}).get("place") or "") for role in ("reference", "subject")]
        if None in ends:
            continue
        line = [[end["lon"], end["lat"]] for end in ends if end]
        kept = ("id", "article", "start", "end", "quote", "relation", "checks", "verdict", "reason")
        yield _feature("LineString", line, {"layer": "claim"} | {key: claim[key] for key in kept})


def _leg_features(contract: JsonObject) -> Iterable[JsonObject]:
    for journey in contract["journeys"]:
        for leg in journey["legs"]:
            properties = {"layer": "leg", "journey": journey["id"], "traveller": journey["traveller"]}
            properties |= {key: value for key, value in leg.items() if key != "geometry"}
            yield {"type": "Feature", "geometry": leg["geometry"], "properties": properties}


def _feature(kind: str, coordinates: list[Any], properties: JsonObject) -> JsonObject:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def _role_label(analysis: Analysis, role: Role | None, language: str) -> str | None:
    entry = analysis.places.get(role.place) if role and role.place else None
    return entry.label(language) if entry else None


def _span_cells(span: Span) -> dict[str, object]:
    return {"article": span.article, "start": span.start, "end": span.end}


def _csv(rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return ""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    return stream.getvalue()


def _cell(value: object) -> object:
    """Disarm text that a spreadsheet would run; our own numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
