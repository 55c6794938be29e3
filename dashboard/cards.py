"""The card above the text: what is known of the place, claim or leg in focus."""

from __future__ import annotations

from typing import Any, Final

import babel

from dashboard import figures
from dashboard.catalogue import Catalogue
from dashboard.messages import Messages
from dashboard.passages import passage
from dashboard.selection import Selection
from gazetteer.claims.claim import Check, Claim, Facet
from gazetteer.places.entries import GazetteerEntry

Card = dict[str, Any]

PASSAGES: Final = 60
"""Sentences listed at most; the text holds the rest."""


def card(selection: Selection, catalogue: Catalogue, words: Messages) -> Card | None:
    """Return the card for what is in focus, or None when nothing is."""
    if selection.claim in catalogue.claim_numbers:
        return claim_card(catalogue.claim(catalogue.claim_numbers[selection.claim]), catalogue, words)
    if selection.place in catalogue.place_numbers:
        return place_card(selection.place, selection, catalogue, words)
    if selection.leg is not None and selection.leg < len(catalogue.legs):
        return leg_card(selection.leg, catalogue, words)
    return None


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
        **_candidates(selection, catalogue, words),
    }


def where(entry: GazetteerEntry, words: Messages) -> str:
    """Return what kind of place it is and in which country."""
    names = babel.Locale(words.language).territories
    country = names.get(entry.country or "", "")
    feature = words(f"feature.{entry.feature.value}")
    return f"{feature}, {country}" if country and country != entry.name else feature


def _place_facts(entry: GazetteerEntry, words: Messages) -> list[list[str]]:
    facts = [[words("place.position"), figures.position(entry.position, words)]]
    if entry.population:
        facts.append([words("place.population"), words.number(entry.population)])
    if entry.extent_km:
        facts.append([words("place.extent"), figures.measure(entry.extent_km, "km", words)])
    facts.append([words("place.source"), f"{entry.source} · {entry.id}"])
    return facts


def _candidates(selection: Selection, catalogue: Catalogue, words: Messages) -> Card:
    number = catalogue.mention_numbers.get(selection.mention or "")
    if number is None:
        return {"candidates": [], "why": ""}
    resolution = catalogue.resolutions[number]
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
    ]
    for event in events:
        when = figures.window(event.when, words) if event.when else words("time.unknown")
        facts.append([when, event.what.in_language(words.language)])
    sources = list(dict.fromkeys(source for event in events for source in event.sources))
    passages = [passage(catalogue, source) for source in sources if source.article in catalogue.articles]
    return {
        "kind": "leg",
        "title": f"{label(leg.origin)} → {label(leg.destination)}",
        "subtitle": f"{words(f'mode.{leg.mode.value}')} · {ridden.journey.title.in_language(words.language)}",
        "facts": facts,
        "passages": passages[:PASSAGES],
        "passages_title": words("card.passages", count=len(passages)),
        "rest": max(0, len(passages) - PASSAGES),
    }
