"""Phrases that stand for a place named before: `Diese Stadt`, `die Anlage`, `dort`, `it`."""

from __future__ import annotations

import bisect
import functools
import re
from typing import Final

from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.capitals import capital_of
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.articles import Span
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution
from gazetteer.reading.seats import seat_of

_FITS: Final = {
    "city": frozenset({Feature.CITY}),
    "facility": frozenset({Feature.FACILITY}),
    "island": frozenset({Feature.ISLAND, Feature.REGION, Feature.OTHER}),
    "water": frozenset({Feature.WATER}),
    "country": frozenset({Feature.COUNTRY}),
    "region": frozenset({Feature.REGION}),
    "mountain": frozenset({Feature.MOUNTAIN}),
}
_POINTS: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND, Feature.MOUNTAIN, Feature.OTHER})
_REACH: Final = {True: 600, False: 1500}
"""How far back, in code points, a demonstrative and a definite phrase are followed."""


@functools.cache
def noun_phrase_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern for a determiner, up to two adjectives and a noun (group `noun`)."""
    known = cues(language)
    words = "|".join(
        f"(?P<{group}>{known.either('anaphora', name)})"
        for group, name in (("dem", "demonstratives"), ("def", "definites"), ("ind", "indefinites"))
    )
    adjective = r"[^\W\d_]+(?:-[^\W\d_]+)?"
    capital = known.either("capital", "nouns")
    peoples = rf"[A-Z][a-z]{{1,14}}(?:{known.either('anaphora', 'adjective_ends')})"
    return re.compile(
        rf"(?<!\w)(?i:{words})\s(?:{adjective}\s(?=(?i:{capital})(?!\w))|(?:(?-i:[a-zäöüß]{adjective}|{peoples})\s){{0,2}}?)"
        rf"(?P<noun>{_type_nouns(language)})(?!\w)"
    )


def _type_nouns(language: str) -> str:
    """Return type nouns as alternatives; in a language of compounds, with what may stand before them."""
    known = cues(language)
    nouns = "|".join(sorted(map(re.escape, known.kinds), key=len, reverse=True))
    if not known.grammar.compounds:
        return rf"(?i:(?:[^\W\d_]{{1,20}}-)?(?:{nouns}))"
    return rf"(?i:(?:[^\W\d_]{{1,20}}-)?[^\W\d_]{{0,30}}?(?:{nouns})s?)"


def noun_phrase_role(scene: Scene, start: int, limit: int) -> Role | None:
    """Read a definite or demonstrative phrase with a type noun that begins at `start`."""
    match = noun_phrase_pattern(scene.language).match(scene.text, start, limit)
    if match is None or match["ind"]:
        return None
    return phrase_role(scene, match)


def phrase_role(scene: Scene, match: re.Match[str]) -> Role | None:
    """Turn a matched noun phrase into a role; None when its noun is no type of place."""
    kind = scene.cues.kind_of(match["noun"])
    if kind is None:
        return None
    span = scene.span(*match.span())
    read = _read_anaphor(scene, span)
    if read is not None:
        return Role(place_id(read.entry), span, Via.ANAPHOR)
    if match["ind"]:
        return Role(None, span, Via.ANAPHOR)
    if match["noun"].lower() in scene.cues.words("capital", "nouns") or is_seat(scene, *match.span("noun")):
        return capital_role(scene, *match.span())
    found = last_of_kind(scene, match.start(), kind, is_near=match["dem"] is not None)
    island = _island_of(found) if found is not None and kind == "island" else None
    if found is not None and island is not None:
        return Role(island.id, span, Via.ANAPHOR, found.mention.span)
    return _standing_for(found, span)


def is_seat(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a noun means the seat of a region that stands before it: `steirische Landeshauptstadt`."""
    owner = next(scene.before(start), None)
    return (
        scene.text[start:end].lower() in scene.cues.words("capital", "seats")
        and owner is not None
        and owner.entry is not None
        and owner.mention.span.end == start - 1
    )


def capital_role(scene: Scene, start: int, end: int) -> Role:
    """Return the role of `the Saudi capital`, `die Hauptstadt des Irak`, `the capital`.

    Without a country, the capital is that of the place named last before; it may well be another's, so
    that `via` tells whether the text names it.
    """
    owners = [r.entry for r in scene.within(start, end) if r.entry is not None]
    after = _capital_of(scene.language).match(scene.text, end)
    if not owners and after is not None:
        named = scene.within(after.end(), after.end() + 1)
        owners, end = [r.entry for r in named if r.entry is not None], after.end()
        end = named[0].mention.span.end if owners else end
    span = scene.span(start, end)
    if owners:
        return Role(place_id(_capital(owners[0], scene)), span, Via.ANAPHOR)
    if len(scene.text[start:end].split()) > _PLAIN_PHRASE:  # `the provincial capital` of we know not where
        return Role(None, span, Via.ANAPHOR)
    return _capital_around(scene, start, span)


def _capital(owner: GazetteerEntry, scene: Scene) -> GazetteerEntry | None:
    if owner.feature is Feature.COUNTRY and owner.country is not None:
        return capital_of(owner.country, scene.gazetteer)
    return seat_of(owner, scene.gazetteer)


def is_capital(scene: Scene, role: Role) -> bool:
    """Tell whether a role is a capital spoken of with its country: `the Saudi capital`."""
    words = scene.text[role.span.start : role.span.end]
    return (
        role.via is Via.ANAPHOR
        and role.place is not None
        and role.antecedent is None
        and cue_pattern(scene.language, "capital", "nouns").search(words) is not None
    )


def _capital_around(scene: Scene, start: int, span: Span) -> Role:
    near = last_point(scene, start, reach=1500)
    country = near.entry.country if near is not None and near.entry is not None else None
    capital = capital_of(country, scene.gazetteer) if country else None
    if capital is None:
        return Role(None, span, Via.ANAPHOR)
    for resolution in scene.before(start):
        if resolution.mention.kind is Kind.TOPONYM and place_id(resolution.entry) == capital.id:
            return Role(capital.id, span, Via.ANAPHOR, resolution.mention.span)
    return Role(capital.id, span, Via.IMPLIED)


_PLAIN_PHRASE: Final = 2


@functools.cache
def _capital_of(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:(?:{cues(language).either('capital', 'of')})\s)?(?=[^\W\d_a-z])")


def told_before(scene: Scene, role: Role, position: int) -> Role | None:
    """Return what a phrase or adverb stands for by what was named before a position.

    In `Bis X sind es von dort 40 Kilometer` and `40 Kilometer südlich von X liegt die Stadt` that is not X.
    """
    if role.via is not Via.ANAPHOR:
        return None
    words = scene.text[role.span.start : role.span.end]
    if words.lower() in scene.cues.words("anaphora", "adverbs"):
        return _standing_for(topic_before(scene, position, is_located=True), role.span)
    kind = scene.cues.kind_of(words.split()[-1]) if words.split() else None
    found = last_of_kind(scene, position, kind, is_near=False) if kind is not None else None
    return None if found is None else _standing_for(found, role.span)


def _standing_for(found: Resolution | None, span: Span) -> Role:
    if found is None:
        return Role(None, span, Via.ANAPHOR)
    return Role(place_id(point_of(found)), span, Via.ANAPHOR, found.mention.span)


def last_of_kind(scene: Scene, position: int, kind: str, *, is_near: bool) -> Resolution | None:
    """Return the last place of a kind named before a position."""
    features, reach = _FITS[kind], position - _REACH[is_near]
    for resolution in scene.before(position):
        mention = resolution.mention
        if mention.span.end <= reach:
            return None
        if mention.kind is not Kind.TOPONYM or resolution.entry is None or mention.reading is Reading.ACTOR:
            continue
        if resolution.entry.feature in features or (kind == "city" and _is_city(resolution)):
            return resolution
        if kind == "island" and _island_of(resolution) is not None:
            return resolution
    return None


def _island_of(resolution: Resolution) -> GazetteerEntry | None:
    """Return the island that bears the name of a place on it."""
    place = resolution.entry
    entries = [place, *(candidate.entry for candidate in resolution.candidates)]
    return next(
        (
            entry
            for entry in entries
            if entry is not None
            and place is not None
            and entry.feature is Feature.ISLAND
            and great_circle_km(entry.position, place.position) <= _ISLAND_KM + (entry.extent_km or 0.0)
        ),
        None,
    )


_ISLAND_KM: Final = 30.0


def _is_city(resolution: Resolution) -> bool:
    point = point_of(resolution)
    return point is not None and point.feature is Feature.CITY


def last_point(scene: Scene, position: int, *, reach: int = 400) -> Resolution | None:
    """Return the last place that is a point rather than an area."""
    for resolution in scene.before(position):
        mention = resolution.mention
        if mention.span.end <= position - reach:
            return None
        if mention.span.end > position or mention.kind is not Kind.TOPONYM or resolution.entry is None:
            continue
        place = point_of(resolution)
        if mention.reading is Reading.PLACE and place is not None and place.feature in _POINTS:
            return resolution
    return None


def antecedent_of_adverb(scene: Scene, start: int, end: int) -> Role:
    """Return the role of `dort`, `hier`, `there`: the last point named, None where there is none."""
    span = scene.span(start, end)
    read = _read_anaphor(scene, span)
    if read is not None:
        return Role(place_id(read.entry), span, Via.ANAPHOR)
    return _standing_for(topic_before(scene, start, is_located=True), span)


def topic_before(scene: Scene, position: int, *, is_located: bool = False) -> Resolution | None:
    """Return the place that the last sentence naming one was about: its first name, else its last.

    Args:
        scene: The article.
        position: Where the pronoun or adverb stands.
        is_located: Take the first name only where the sentence says where that place lies, as
            `Minsk liegt östlich von Warschau`; a traveller who left A for B is now in B.
    """
    point = last_point(scene, position)
    if point is None:
        return None
    at = bisect.bisect_right(scene.sentence_starts, point.mention.span.start) - 1
    floor = scene.sentence_starts[at] if at >= 0 else 0
    for resolution in scene.within(floor, point.mention.span.start):
        if resolution.mention.kind is Kind.TOPONYM and resolution.entry is not None:
            is_point = resolution.entry.feature in _POINTS
            verb = cue_pattern(scene.language, "position", "verbs").match(
                scene.text, resolution.mention.span.end + 1
            )
            return resolution if is_point and (verb is not None or not is_located) else point
    return point


def _read_anaphor(scene: Scene, span: Span) -> Resolution | None:
    """Return what the reader made of the same phrase, if it did."""
    for resolution in scene.within(max(0, span.start - 10), span.end):
        mention = resolution.mention
        if mention.kind is Kind.ANAPHOR and mention.span.overlaps(span) and resolution.entry is not None:
            return resolution
    return None
