"""Statements that a place lies in a country, region or island: `der russischen Stadt Wladiwostok`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from gazetteer.claims.claim import Claim, Relation, Role, Via
from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.places.entries import Feature
from gazetteer.reading.mentions import Kind

_POINTS: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND, Feature.MOUNTAIN})


def contained_claims(scene: Scene, measured: tuple[Claim, ...]) -> Iterator[Claim]:
    """Read `der russischen Stadt Wladiwostok` and `Kosmodrom Wostotschny im Fernen Osten Russlands`.

    Args:
        scene: The article.
        measured: The claims with numbers: of `90 km von Rom in den Abruzzen` the first place is contained.
    """
    located = {claim.reference.span.end: claim.subject for claim in measured if claim.reference is not None}
    for i, resolution in enumerate(scene.resolutions):
        mention, entry = resolution.mention, resolution.entry
        if mention.kind is not Kind.TOPONYM or entry is None or entry.feature not in _POINTS:
            continue
        span = mention.span
        subject = Role(entry.id, span, Via.NAMED)
        before = scene.resolutions[i - 1] if i else None
        if before is not None and before.mention.kind is Kind.DEMONYM and before.entry is not None:
            gap = scene.text[before.mention.span.end : span.start]
            words = gap.split()
            if (
                len(gap) < 40
                and words
                and scene.cues.kind_of(words[-1]) in {"city", "facility", "island"}
                and len(words) < 4
            ):
                role = Role(before.entry.id, before.mention.span, Via.NAMED)
                yield _containment(scene, before.mention.span.start, span.end, subject, role)
                continue
        if not scene.is_place(resolution) or i + 1 >= len(scene.resolutions):
            continue
        after = scene.resolutions[i + 1]
        gap = scene.text[span.end : after.mention.span.start]
        if after.entry is None or after.mention.kind is not Kind.TOPONYM or after.entry.id == entry.id:
            continue
        if _inside(scene.language).fullmatch(gap) and after.entry.feature in {
            Feature.REGION,
            Feature.COUNTRY,
            Feature.ISLAND,
        }:
            role = Role(after.entry.id, after.mention.span, Via.NAMED)
            start = span.start
            if span.end in located:
                counted, start = located[span.end], span.end + 1
                if counted is None or counted.place in {None, after.entry.id}:
                    continue
                subject = counted
            yield _containment(scene, start, after.mention.span.end, subject, role)


@functools.cache
def _inside(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('inside', 'words')})\s")


def _containment(scene: Scene, start: int, end: int, subject: Role, reference: Role) -> Claim:
    return scene.claim((start, end), Relation.CONTAINMENT, subject=subject, reference=reference)
