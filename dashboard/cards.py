"""The card above the text: what is known of the place, claim or leg in focus."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import babel

from dashboard import figures
from dashboard.catalogue import Catalogue
from dashboard.map_scene import WIDE_FEATURES
from dashboard.messages import Messages
from dashboard.passages import passage, whole
from dashboard.selection import Selection
from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.journey import Leg
from gazetteer.places.entries import Feature, GazetteerEntry

Card = dict[str, Any]

PASSAGES: Final = 60
"""Sentences listed at most; the text holds the rest."""


OVERVIEW: Final = 3
"""Claims named at a glance; the table holds all."""

NEAR_KM: Final = 15.0
"""Places nearer than this lie upon each other on a map of a country."""

_WRONG: Final = (Verdict.FAILS, Verdict.PARTLY)


def card(selection: Selection, catalogue: Catalogue, words: Messages) -> Card | None:
    """Return the card for what is in focus, or None when nothing is."""
    if selection.claim in catalogue.claim_numbers:
        return claim_card(catalogue.claim(catalogue.claim_numbers[selection.claim]), catalogue, words)
    if selection.place in catalogue.place_numbers:
        return place_card(selection.place, selection, catalogue, words)
    leg = catalogue.leg_number(selection.leg)
    if leg is not None:
        return leg_card(leg, catalogue, words)
    return overview_card(catalogue, words)


def overview_card(catalogue: Catalogue, words: Messages) -> Card | None:
    """Return what was found at a glance: how many claims of which verdict, and the gravest of them."""
    claims = [claim for claim in catalogue.analysis.claims if claim.checks]
    if not claims:
        return None
    heading = "overview.heading" if len(catalogue.articles) > 1 else "overview.heading_here"
    tally = Counter(claim.verdict for claim in claims)
    worst = [claim for verdict in _WRONG for claim in claims if claim.verdict is verdict]
    return {
        "kind": "overview",
        "heading": words(heading, count=words.number(len(claims))),
        "hint": words("overview.hint"),
        "tally": [
            [verdict.value, words.number(tally[verdict]), words(f"verdict.{verdict.value}")]
            for verdict in figures.GRAVITY
            if tally[verdict]
        ],
        "worst": [
            {
                "number": catalogue.claim_numbers[claim.id],
                "quote": words.quoted(claim.quote),
                "language": catalogue.articles[claim.span.article].language,
                "verdict": claim.verdict.value,
                "verdict_text": words(f"verdict.{claim.verdict.value}"),
            }
            for claim in worst[:OVERVIEW]
        ],
    }


def place_card(place: str, selection: Selection, catalogue: Catalogue, words: Messages) -> Card:
    """Return what is known of a place: what and where it is, by which source, and who names it."""
    entry = catalogue.analysis.places[place]
    mentions = catalogue.mentions_of.get(place, ())
    here = [
        number
        for number in mentions
        if catalogue.resolutions[number].mention.span.article == selection.article
    ]
    elsewhere = [number for number in mentions if number not in set(here)]
    shown = (here + elsewhere)[:PASSAGES]
    passages = []
    for number in shown:
        mention = catalogue.resolutions[number].mention
        kinds = f"{words(f'kind.{mention.kind.value}')}, {words(f'reading.{mention.reading.value}')}"
        passages.append(passage(catalogue, mention.span) | {"mention": number, "note": kinds})
    return {
        "kind": "place",
        "title": catalogue.labeller(words.language)(place),
        "subtitle": where(entry, words),
        "facts": _place_facts(entry, words),
        "passages": passages,
        "passages_title": words("card.passages", count=len(mentions)),
        "rest": len(mentions) - len(shown),
        "near": _near(entry, catalogue, words),
        "near_title": words("card.near"),
        **_candidates(selection, catalogue, words),
    }


def _near(entry: GazetteerEntry, catalogue: Catalogue, words: Messages) -> list[list[Any]]:
    """Return numbers and names of the other places there: on the map one may hide another."""
    label = catalogue.labeller(words.language)
    if entry.feature in WIDE_FEATURES:
        return []
    others = (catalogue.analysis.places[place] for place in catalogue.mentions_of if place != entry.id)
    return [
        [catalogue.place_numbers[other.id], label(other.id)]
        for other in others
        if other.feature not in WIDE_FEATURES
        # A degree of latitude is 111 km: most places are told apart without measuring.
        and abs(other.position.lat - entry.position.lat) * 110.0 <= NEAR_KM
        and geodesic_km(other.position, entry.position) <= NEAR_KM
    ]


def where(entry: GazetteerEntry, words: Messages) -> str:
    """Return what kind of place it is and in which country."""
    names = babel.Locale(words.language).territories
    country = names.get(entry.country or "", "")
    feature = words(f"feature.{entry.feature.value}")
    return f"{feature}, {country}" if country and entry.feature is not Feature.COUNTRY else feature


def _place_facts(entry: GazetteerEntry, words: Messages) -> list[list[str]]:
    position = figures.position(entry.position, words)
    if entry.off_by_km is not None:
        position = words("place.roughly", position=position, km=words.number(entry.off_by_km))
    facts = [[words("place.position"), position]]
    if entry.population:
        facts.append([words("place.population"), words.number(entry.population)])
    if entry.extent_km and entry.off_by_km is None:
        facts.append([words("place.extent"), figures.measure(entry.extent_km, "km", words)])
    facts.append([words("place.source"), f"{figures.source(entry.source, words)} · {entry.id}"])
    return facts


def _candidates(selection: Selection, catalogue: Catalogue, words: Messages) -> Card:
    number = catalogue.mention_numbers.get(selection.mention or "")
    if number is None:
        return {"candidates": [], "why": ""}
    resolution = catalogue.mention(number)
    rows = [
        {
            "name": candidate.entry.label(words.language),
            "where": where(candidate.entry, words),
            "score": f"{words.number(candidate.score * 100)} %",
            "why": candidate.why.in_language(words.language),
            "chosen": resolution.entry is not None and candidate.entry.id == resolution.entry.id,
        }
        for candidate in resolution.candidates[:8]
    ]
    confidence = words("card.confidence", percent=words.number(resolution.confidence * 100))
    surface = words.quoted(resolution.mention.surface)
    why = f"{surface}: {resolution.why.in_language(words.language)} ({confidence})"
    return {"candidates": rows, "why": why, "candidates_title": words("card.candidates", count=len(rows))}


def claim_card(claim: Claim, catalogue: Catalogue, words: Messages) -> Card:
    """Return a claim with all its checks, and what would make it true."""
    label = catalogue.labeller(words.language)
    roles = (claim.origin, claim.subject, claim.reference)
    names = [label(role.place) for role in roles if role and role.place]
    return {
        "kind": "claim",
        "title": words.quoted(claim.quote),
        "subtitle": " · ".join((words(f"relation.{claim.relation.value}"), *dict.fromkeys(names))),
        "verdict": claim.verdict.value,
        "verdict_text": words(f"verdict.{claim.verdict.value}"),
        "reason": claim.reason.in_language(words.language),
        "checks": [check_row(check, claim, words) for check in claim.checks],
        "hypotheses": [hypothesis.wording.in_language(words.language) for hypothesis in claim.hypotheses],
        "passages": [passage(catalogue, claim.span)],
        "language": catalogue.articles[claim.span.article].language,
        "passages_title": words("card.sentence"),
        "rest": 0,
    }


def check_row(check: Check, claim: Claim, words: Messages) -> Card:
    """Return one check as a row: facet, stated, computed, deviation, verdict and why."""
    stated = figures.measure(check.stated, check.unit, words)
    wind = words.texts.get(f"wind.{claim.direction.wind}", "") if claim.direction else ""
    return {
        "facet": words(f"facet.{check.facet.value}"),
        "stated": wind if check.facet is Facet.DIRECTION and wind else stated,
        "computed": figures.measure(check.computed, check.unit, words),
        "deviation": figures.deviation(check, words),
        "bar": figures.share(check),
        "verdict": check.verdict.value,
        "verdict_text": words(f"verdict.{check.verdict.value}"),
        "reason": check.reason.in_language(words.language),
    }


def leg_card(number: int, catalogue: Catalogue, words: Messages) -> Card:
    """Return a leg: its ends, its length and where that comes from, and the sentences that report it."""
    ridden = catalogue.legs[number]
    leg, label = ridden.leg, catalogue.labeller(words.language)
    events = [catalogue.events[event] for event in leg.events if event in catalogue.events]
    facts = [
        [words("leg.length"), figures.measure(leg.length_km, "km", words)],
        [words("leg.geodesic"), figures.measure(leg.geodesic_km, "km", words)],
        [words("leg.source"), leg.source.in_language(words.language)],
        [words("leg.certainty"), words(f"certainty.{leg.certainty.value}")],
        *([words("leg.crossed"), text] for text in crossed(leg, words)),
        *([words("leg.note"), note.in_language(words.language)] for note in leg.notes),
    ]
    for event in events:
        when = figures.window(event.when, words) if event.when else words("time.unknown")
        facts.append([when, event.what.in_language(words.language)])
    sources = list(dict.fromkeys(source for event in events for source in event.sources))
    passages = [whole(catalogue, source) for source in sources if source.article in catalogue.articles]
    return {
        "kind": "leg",
        "title": f"{label(leg.origin)} → {label(leg.destination)}",
        "subtitle": f"{words(f'mode.{leg.mode.value}')} · {ridden.journey.title.in_language(words.language)}",
        "facts": facts,
        "passages": passages[:PASSAGES],
        "passages_title": words("card.passages", count=len(passages)),
        "rest": max(0, len(passages) - PASSAGES),
    }


def crossed(leg: Leg, words: Messages) -> list[str]:
    """Return in words which borders a leg crosses and where the gauge changes on it."""
    names = babel.Locale(words.language).territories
    borders = [
        words(
            "leg.border",
            country=names.get(crossing.country, crossing.country),
            neighbour=names.get(crossing.neighbour, crossing.neighbour),
        )
        for crossing in leg.borders
    ]
    gauges = [
        words("leg.gauge", gauges=figures.gauges(change.gauge_mm, change.neighbour_mm, words))
        for change in leg.gauge_breaks
    ]
    return borders + gauges
