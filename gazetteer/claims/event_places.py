"""Where something is said to happen to a train: the wheels that are changed for another gauge."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.anaphora import antecedent_of_adverb
from gazetteer.claims.claim import Claim, Relation, Role
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.references import reference_at
from gazetteer.claims.scene import Scene
from gazetteer.claims.trip_ends import path_of
from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Sentence

_SPOTS: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND, Feature.MOUNTAIN})


def event_place(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `Von dort aus soll der Zug mit neuen Rädern ausgestattet werden`: what happens where."""
    words = scene.text[sentence.span.start : sentence.span.end]
    if cue_pattern(scene.language, "events", "gauge_verbs").search(words) is None:
        return None
    role = _event_role(scene, sentence)
    if role is None:
        return None
    start = min(_with_preposition(scene, sentence, role), match.start())
    verb = cue_pattern(scene.language, "events", "gauge_verbs").search(
        scene.text, match.end(), sentence.span.end
    )
    end = verb.end() if verb is not None else match.end()
    return scene.claim(
        (start, max(end, role.span.end)),
        Relation.EVENT_PLACE,
        reference=role,
        path=path_of(scene, sentence),
    )


def _event_role(scene: Scene, sentence: Sentence) -> Role | None:
    adverb = cue_pattern(scene.language, "anaphora", "adverbs").search(
        scene.text, sentence.span.start, sentence.span.end
    )
    if adverb is not None:
        role = antecedent_of_adverb(scene, adverb.start(), adverb.end())
        return role if role.place is not None else None
    for place in _before_place(scene.language).finditer(scene.text, sentence.span.start, sentence.span.end):
        reference = reference_at(scene, place.end(), sentence.span.end, sure=False)
        if reference is not None and reference.entry is not None and reference.entry.feature in _SPOTS:
            return reference.role
    return None


@functools.cache
def _before_place(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('events', 'at')})\s", re.IGNORECASE)


@functools.cache
def _lead(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('events', 'leads')})\s$", re.IGNORECASE)


def _with_preposition(scene: Scene, sentence: Sentence, role: Role) -> int:
    before = _lead(scene.language).search(
        scene.text, max(sentence.span.start, role.span.start - 6), role.span.start
    )
    return before.start() if before is not None else role.span.start
