"""Roles of places that are named: by a name the reader resolved, or by one it left alone."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cues
from gazetteer.claims.links import BRACKETS, links
from gazetteer.claims.names import best_candidate, name_end
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.places.entries import Feature
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.resolution import Resolution


def named_role(scene: Scene, resolution: Resolution) -> Role:
    """Return the role of a named place; none is given where longer words name something else."""
    span, entry = resolution.mention.span, point_of(resolution)
    end = name_end(scene.text, span.start, min(len(scene.text), span.end + 40))
    if end > span.end and " " in scene.text[span.end : end]:
        longer = scene.gazetteer.exact(scene.text[span.start : end])
        if longer:
            return Role(longer[0].entry.id, scene.span(span.start, end), Via.NAMED)
        sole = scene.lookup(scene.text[span.start : span.end])
        at_water = _at_water(scene.language).match(scene.text, span.end, end)
        if at_water is not None and not (sole and sole[0].score > _SOLE):
            return Role(None, scene.span(span.start, end), Via.NAMED)
    noun = _NOUN_BEFORE.search(scene.text, max(0, span.start - 40), span.start)
    is_site = noun is not None and scene.cues.kind_of(noun["noun"]) == "facility"
    if is_site and noun is not None and entry is not None and entry.feature is not Feature.FACILITY:
        # `Atomkraftwerk X` is not the town X, though it bears its name.
        whole = scene.gazetteer.exact(scene.text[noun.start() : span.end])
        return Role(whole[0].entry.id if whole else None, scene.span(noun.start(), span.end), Via.NAMED)
    return Role(place_id(entry), scene.span(span.start, span.end), Via.NAMED)


_SOLE: Final = 0.9
_NOUN_BEFORE: Final = re.compile(r"(?<!\w)(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)?)\s$")


def name_at(scene: Scene, start: int) -> Role | None:
    """Return the place whose name begins right there."""
    named = next(iter(scene.names_within(start, start + 1)), None)
    return None if named is None else named_role(scene, named)


def unread_role(scene: Scene, begin: int, start: int) -> Role | None:
    """Read a subject that the reader took for no place: `Butscha liegt …`, `in X, …`."""
    for match in _unread_copula(scene.language).finditer(scene.text, begin, start):
        role = _unread_name(scene, match.start("name"), start, is_apposed=False)
        if role is not None:
            return role
    for match in _unread_apposed(scene.language).finditer(scene.text, begin, start):
        role = _unread_name(scene, match.start("name"), start, is_apposed=True)
        if role is not None:
            return role
    return None


def _unread_name(scene: Scene, at: int, start: int, *, is_apposed: bool) -> Role | None:
    end = name_end(scene.text, at, start)
    between = BRACKETS.sub("", scene.text[end:start])
    if end == at or not links(scene, between) or is_apposed != ("," in between):
        return None
    name = scene.text[at:end]
    first = name.split()[0].lower()
    is_plain_word = any(first in scene.cues.words("anaphora", part) for part in _ANAPHORIC)
    if (
        is_plain_word
        or first in scene.cues.words("position", "prepositions")
        or scene.cues.kind_of(name.split()[-1]) is not None
    ):
        return None
    candidate = best_candidate(scene, name, at)
    if candidate is None and Lexicon.of(scene.language).frequency(first):
        return None
    return Role(candidate.entry.id if candidate is not None else None, scene.span(at, end), Via.NAMED)


_ANAPHORIC: Final = ("demonstratives", "definites", "indefinites", "adverbs", "pronouns")


@functools.cache
def _at_water(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('names', 'at_water')})(?!\w)")


@functools.cache
def _unread_copula(language: str) -> re.Pattern[str]:
    verbs = cues(language).either("position", "lies")
    return re.compile(
        rf"(?<![\w-])(?P<name>[^\W\d_a-zäöüß][^\s,;:()]{{0,40}})(?=[^.;:!?,]{{0,60}}?\s(?:{verbs})\s)"
    )


@functools.cache
def _unread_apposed(language: str) -> re.Pattern[str]:
    leads = cues(language).either("position", "apposed_after")
    return re.compile(
        rf"(?<!\w)(?:(?i:{leads})\s)?(?<![\w-])(?P<name>[^\W\d_a-zäöüß])(?=[^.;:!?()]{{1,40}},\s)"
    )
