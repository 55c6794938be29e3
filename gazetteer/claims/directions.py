"""Statements of direction without a distance: `nördlich von Y`, `further west than Y`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.claim import Claim, Relation, StatedDirection
from gazetteer.claims.compass import compass_pattern
from gazetteer.claims.cues import cues
from gazetteer.claims.offsets import directed, direction_at
from gazetteer.claims.parallels import parallel_pattern
from gazetteer.claims.references import Reference, reference_at
from gazetteer.claims.scene import Scene
from gazetteer.claims.subjects import subject_after, subject_before, subject_behind_comma
from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Sentence

_AREAS: Final = frozenset({Feature.COUNTRY, Feature.CONTINENT, Feature.REGION})


def direction_claim(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `X liegt nördlich von Y`, `in X, south of Y`, where no distance is given.

    Args:
        scene: The article.
        sentence: One of its sentences.
        match: A word of it that begins like a wind.
    """
    lead = _direction_lead(scene.language).search(
        scene.text, max(sentence.span.start, match.start() - 9), match.start()
    )
    start = lead.start() if lead is not None else match.start()
    whole = directed(scene.language).match(scene.text, start - 1, sentence.span.end) if start else None
    if whole is None or (whole["of"] is None and whole["gen"] is None):
        return _compared(scene, sentence, start)
    if scene.quantities_within(max(sentence.span.start, start - 40), start):
        return None
    reference = reference_at(scene, whole.end(), sentence.span.end, sure=False)
    if reference is None or not _is_measurable(scene, whole, reference):
        return None
    return _claim(scene, sentence, start, direction_at(scene, whole), reference)


def _is_measurable(scene: Scene, whole: re.Match[str], reference: Reference) -> bool:
    """Tell whether a place or circle of latitude was found, and not an area that the subject is in."""
    if reference.entry is None:
        return parallel_pattern(scene.language).match(scene.text, whole.end()) is not None
    first = whole["dir"].lower().split()[0]
    return reference.entry.feature not in _AREAS or first not in scene.cues.words("inside", "words")


def _claim(
    scene: Scene, sentence: Sentence, start: int, direction: StatedDirection | None, reference: Reference
) -> Claim | None:
    begin, limit = sentence.span.start, sentence.span.end
    subject = (
        subject_behind_comma(scene, begin, start, reference.end, limit)
        or subject_before(scene, begin, start)
        or subject_after(scene, reference.end, limit)  # `North of Rome lies Florence`
    )
    if direction is None or subject is None or subject.place in {None, reference.role.place}:
        return None
    return scene.claim(
        (start, reference.end),
        Relation.DIRECTION,
        direction=direction,
        subject=subject,
        reference=reference.role,
    )


def _compared(scene: Scene, sentence: Sentence, start: int) -> Claim | None:
    """Read `weiter östlich als Prag`, `further west than Los Angeles`, `nördlicher als Rom`."""
    whole = _compared_pattern(scene.language).match(scene.text, start, sentence.span.end)
    reference = None if whole is None else reference_at(scene, whole.end(), sentence.span.end, sure=False)
    if whole is None or reference is None or reference.entry is None:
        return None
    lead = _more(scene.language).search(scene.text, max(sentence.span.start, start - 16), start)
    start = lead.start() if lead is not None else start
    return _claim(scene, sentence, start, direction_at(scene, whole), reference)


@functools.cache
def _compared_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    verbs, than = known.either("position", "verbs"), known.either("closer", "than")
    return re.compile(rf"{compass_pattern(language)}(?:\s(?:{verbs}))?,?\s(?:{than})\s", re.IGNORECASE)


@functools.cache
def _more(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('closer', 'more')})\s$", re.IGNORECASE)


@functools.cache
def _direction_lead(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('direction', 'leads')})\s$", re.IGNORECASE)
