"""What a sentence defines: `X (brackets) is a village in …`, the place all that follows is said of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cues
from gazetteer.claims.names import name_end
from gazetteer.claims.scene import Scene, place_id
from gazetteer.places.entries import Feature, GazetteerEntry, Match
from gazetteer.reading.mentions import Kind

_LONGEST_NAME: Final = 80
_LONGEST_KIND: Final = 60
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_AREAS: Final = frozenset({Feature.REGION, Feature.COUNTRY, Feature.CONTINENT})
_SURE: Final = frozenset({Match.EXACT, Match.FOLDED})


def defined_topic(scene: Scene, begin: int, limit: int) -> Role | None:
    """Return the place that a sentence says to be a village, a castle, a base.

    Args:
        scene: The article.
        begin: Where the sentence begins.
        limit: Up to where the definition may reach.

    Returns:
        The role of the name; its place is None where no gazetteer knows one in a country or region that
        the same sentence names. None where nothing is defined.
    """
    article = _determiner(scene.language).match(scene.text, begin, limit)
    start = begin if article is None else article.end()
    end = name_end(scene.text, start, min(limit, start + _LONGEST_NAME))
    defines = None if end == start else _defines(scene.language).match(scene.text, end, limit)
    if defines is None or not _is_place(scene, defines.end(), limit):
        return None
    span = scene.span(start, end)
    grounds = _grounds(scene, end, limit)
    for resolution in scene.within(start, start + 1):
        entry = resolution.entry
        if resolution.mention.kind is Kind.TOPONYM and entry is not None and grounds.allow(entry):
            return Role(entry.id, resolution.mention.span, Via.NAMED)
    return Role(place_id(grounds.only(scene, scene.text[start:end])), span, Via.NAMED)


@functools.cache
def _determiner(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{cues(language).either('anaphora', 'definites')})\s")


@functools.cache
def _defines(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        r"(?:\s?(?:\([^()\n]{0,200}\)|\[[^\[\]\n]{0,60}\])){0,4}(?:,\s[^,.;()\n]{1,60},)?"
        rf"\s(?:{known.either('definition', 'copula')})\s(?:{known.either('definition', 'articles')})\s"
    )


def _is_place(scene: Scene, at: int, limit: int) -> bool:
    """Tell whether the words after `is a` name a type of place."""
    words = _WORD.findall(scene.text[at : min(limit, at + _LONGEST_KIND)])
    return any(scene.cues.kind_of(word) is not None for word in words[:5])


@dataclass(frozen=True, slots=True)
class _Grounds:
    """The regions and countries that a definition names."""

    regions: frozenset[tuple[str | None, str | None]]
    countries: frozenset[str]

    def allow(self, entry: GazetteerEntry) -> bool:
        """Tell whether a place may be the one defined; where nothing is named, any may."""
        if entry.feature in _AREAS or entry.country is None:
            return True
        if self.regions and entry.admin1:
            return (entry.country, entry.admin1) in self.regions
        return not self.countries or entry.country in self.countries

    def only(self, scene: Scene, name: str) -> GazetteerEntry | None:
        """Return the one place of a name that lies there; two of a name are told apart by nothing."""
        if not self.countries:
            return None
        entries = [one.entry for one in scene.lookup(name) if one.match in _SURE]
        inside = [entry for entry in entries if entry.feature not in _AREAS and self.allow(entry)]
        return inside[0] if len(inside) == 1 else None


def _grounds(scene: Scene, at: int, limit: int) -> _Grounds:
    areas = [r.entry for r in scene.within(at, limit) if r.entry is not None and r.entry.feature in _AREAS]
    return _Grounds(
        frozenset((a.country, a.admin1) for a in areas if a.admin1 and a.feature is Feature.REGION),
        frozenset(area.country for area in areas if area.country is not None),
    )
