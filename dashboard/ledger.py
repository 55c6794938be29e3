"""Tables of rows that can be chosen: claims, checks between claims, places, and a journey's events."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from dashboard import figures
from dashboard.cards import crossed, where
from dashboard.catalogue import Catalogue
from dashboard.map_scene import MapFilter, counted
from dashboard.messages import Messages
from dashboard.resources import asset
from dashboard.selection import Selection
from dashboard.widgets import MAP_FRAME
from gazetteer.claims.claim import Claim, Facet
from gazetteer.journeys.journey import Journey

Table = dict[str, Any]

ROWS: Final = 200
"""Rows shown at most."""


def claims_table(
    selection: Selection,
    catalogue: Catalogue,
    words: Messages,
    *,
    measured_only: bool,
) -> Table:
    """Return the claims, gravest first, measured ones before those without a number."""
    claims = sorted(
        (claim for claim in catalogue.analysis.claims if not measured_only or is_measured(claim)),
        key=lambda claim: (claim.quantity is None, figures.GRAVITY.index(claim.verdict)),
    )
    rows = [
        {
            "pick": {"kind": "claim", "number": catalogue.claim_numbers[claim.id]},
            "chosen": claim.id == selection.claim,
            "language": catalogue.articles[claim.span.article].language,
            "cells": _claim_cells(claim, words),
        }
        for claim in claims
    ]
    kinds = {
        "quote": "quote",
        "verdict": "verdict",
        "stated": "text",
        "air": "number",
        "rail": "number",
        "bearing": "number",
        "deviation": "bar",
        "reason": "text",
    }
    return _table("claims", kinds, rows, words)


def is_measured(claim: Claim) -> bool:
    """Tell whether a claim states a number or a direction."""
    return claim.quantity is not None or claim.direction is not None


def _claim_cells(claim: Claim, words: Messages) -> Table:
    facets = {check.facet: check for check in reversed(claim.checks)}
    air = next((facets[facet] for facet in figures.AIR_FACETS if facet in facets), None)
    rail, bearing = facets.get(Facet.RAIL), facets.get(Facet.DIRECTION)
    return {
        "quote": claim.quote,
        "verdict": {"code": claim.verdict.value, "text": words(f"verdict.{claim.verdict.value}")},
        "stated": figures.stated(claim, words),
        "air": figures.measure(air.computed, air.unit, words) if air else "",
        "rail": figures.measure(rail.computed, rail.unit, words) if rail else "",
        "bearing": figures.measure(bearing.computed, bearing.unit, words) if bearing else "",
        "deviation": _deviation(claim, words),
        "reason": claim.reason.in_language(words.language),
    }


def _deviation(claim: Claim, words: Messages) -> Table | None:
    """Return the deviation of the check that decided: one with the claim's own verdict, else the gravest."""
    off = [check for check in claim.checks if check.deviation is not None and math.isfinite(check.deviation)]
    if not off:
        return None
    worst = min(
        off, key=lambda check: (check.verdict is not claim.verdict, figures.GRAVITY.index(check.verdict))
    )
    return {"share": figures.share(worst), "text": figures.deviation(worst, words)}


def cross_checks_table(selection: Selection, catalogue: Catalogue, words: Messages) -> Table:
    """Return the claims held against each other, contradictions first; a row leads to its first claim."""
    rows = []
    gravity = ("contradiction", "suspicious", "unverifiable", "agree")
    for check in sorted(
        catalogue.analysis.cross_checks,
        key=lambda held: gravity.index(held.verdict) if held.verdict in gravity else len(gravity),
    ):
        known = [claim for claim in check.claims if claim in catalogue.claim_numbers]
        claims = [catalogue.claim(catalogue.claim_numbers[claim]) for claim in known]
        stated = check.stated.in_language(words.language)
        quotes = [words.quoted(claim.quote) for claim in claims]
        rows.append(
            {
                "pick": {"kind": "claim", "number": catalogue.claim_numbers[known[0]]} if known else None,
                "chosen": selection.claim is not None and selection.claim in check.claims,
                "cells": {
                    # What is stated mostly is the quotes themselves; where it is not, it says more.
                    "quotes": quotes if " · ".join(quotes) == stated else stated.split(" · "),
                    "verdict": {"code": check.verdict, "text": words(f"agreement.{check.verdict}")},
                    "computed": check.computed.in_language(words.language),
                    "reason": check.reason.in_language(words.language),
                },
            }
        )
    kinds = {"quotes": "lines", "verdict": "verdict", "computed": "text", "reason": "text"}
    return _table("cross", kinds, rows, words)


def places_table(selection: Selection, catalogue: Catalogue, chosen: MapFilter, words: Messages) -> Table:
    """Return the places on the map as a list: what a click on the map does, the keyboard can do here."""
    label = catalogue.labeller(words.language)
    rows = []
    for place in counted(catalogue, chosen):
        entry = catalogue.place(place.number)
        rows.append(
            {
                "pick": {"kind": "place", "number": place.number},
                "chosen": entry.id == selection.place,
                "cells": {
                    "name": label(entry.id),
                    "mentions": words.number(place.mentions),
                    "reading": words(f"reading.{place.reading.value}"),
                    "where": where(entry, words),
                    "position": figures.position(entry.position, words),
                    "source": figures.source(entry.source, words),
                },
            }
        )
    kinds = {"name": "quote", "mentions": "number", "reading": "text", "where": "text", "position": "number"}
    return _table("places", kinds | {"source": "text"}, rows, words)


def unplaced_table(catalogue: Catalogue, words: Messages) -> Table:
    """Return the mentions no place was chosen for, with the reason."""
    rows = [
        {
            "pick": {
                "kind": "passage",
                "article": resolution.mention.span.article,
                "start": resolution.mention.span.start,
                "end": resolution.mention.span.end,
            },
            "chosen": False,
            "cells": {
                "name": resolution.mention.surface,
                "kind": words(f"kind.{resolution.mention.kind.value}"),
                "reason": resolution.why.in_language(words.language),
            },
        }
        for resolution in catalogue.resolutions
        if resolution.entry is None
    ]
    return _table("unplaced", {"name": "quote", "kind": "text", "reason": "text"}, rows, words)


def events_table(journey: Journey, words: Messages) -> Table:
    """Return a journey's events in order; a row leads to the sentence it was read from."""
    rows = []
    for event in journey.events:
        source = next(iter(event.sources), None)
        rows.append(
            {
                "pick": {
                    "kind": "passage",
                    "article": source.article,
                    "start": source.start,
                    "end": source.end,
                }
                if source
                else None,
                "chosen": False,
                "cells": {
                    "what": event.what.in_language(words.language),
                    "when": figures.window(event.when, words) if event.when else words("time.unknown"),
                    "certainty": words(f"certainty.{event.certainty.value}"),
                    "by": words.quoted(event.reported_by) if event.reported_by else "",
                    "conflict": words("events.conflicting") if event.conflicts else "",
                    "elsewhere": "" if source else words("events.from_others"),
                },
            }
        )
    kinds = {
        "what": "quote",
        "when": "text",
        "certainty": "word",
        "by": "text",
        "conflict": "text",
        "elsewhere": "text",
    }
    return _table("events", kinds, rows, words)


def legs_table(journey: Journey, selection: Selection, catalogue: Catalogue, words: Messages) -> Table:
    """Return a journey's legs with their kilometres and where those come from."""
    chosen = catalogue.leg_number(selection.leg)
    label = catalogue.labeller(words.language)
    rows = [
        {
            "pick": {"kind": "leg", "number": number},
            "chosen": number == chosen,
            "cells": {
                "name": f"{label(ridden.leg.origin)} → {label(ridden.leg.destination)}",
                "mode": words(f"mode.{ridden.leg.mode.value}"),
                "length": figures.measure(ridden.leg.length_km, "km", words),
                "geodesic": figures.measure(ridden.leg.geodesic_km, "km", words),
                "certainty": words(f"certainty.{ridden.leg.certainty.value}"),
                "crossed": crossed(ridden.leg, words),
                "source": ridden.leg.source.in_language(words.language),
            },
        }
        for number, ridden in enumerate(catalogue.legs)
        if ridden.journey is journey and catalogue.is_told(ridden.leg)
    ]
    kinds = {"name": "quote", "mode": "text", "length": "number", "geodesic": "number", "certainty": "word"}
    return _table("legs", kinds | {"crossed": "lines", "source": "text"}, rows, words)


def _table(name: str, kinds: dict[str, str], rows: list[Table], words: Messages) -> Table:
    columns = [{"key": key, "kind": kind, "label": words(f"{name}.{key}")} for key, kind in kinds.items()]
    # Thousands of rows help nobody and hold the browser up; the filter by article leads to the others.
    shown = rows[:ROWS] + [row for row in rows[ROWS:] if row["chosen"]][:1]
    filled = {key for row in rows for key, value in row["cells"].items() if value}
    return {
        "label": words(f"{name}.title"),
        "columns": [column for column in columns if column["key"] in filled],
        "rows": shown,
        "rest": words("table.rest", count=words.number(len(rows) - len(shown)))
        if len(rows) > len(shown)
        else "",
    }


_mount = st.components.v2.component("luftlinie_ledger", css=asset("ledger.css"), js=asset("ledger.js"))


def show_ledger(table: Table, *, key: str, dark: bool, on_pick: Callable[[], None]) -> None:
    """Show a table; `on_pick` runs before the next run of the page, when a row was chosen."""
    _mount(
        key=key,
        data=table | {"dark": dark, "answer": MAP_FRAME},
        on_picked_change=on_pick,
    )
