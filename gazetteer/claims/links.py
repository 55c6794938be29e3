"""What stands between a place and a statement: words that join the two, and words that part them."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.compass import wind_of
from gazetteer.claims.cues import cues
from gazetteer.claims.scene import Scene

BRACKETS: Final = re.compile(r"\s?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")


def links(scene: Scene, between: str) -> bool:
    """Tell whether the words between a place and a statement join them: `, `, ` liegt`, ` is located `."""
    stripped = between.strip()
    if not stripped or stripped in {",", "(", "–", "—"}:
        return True
    if any(mark in stripped for mark in '.;:!?\n"“”„') or stripped.count(",") > 1:
        return False
    if "," in stripped and not stripped.startswith(","):
        return False
    if not is_plain(scene, stripped):
        return False
    return stripped[0] in ",(–—" or has_verb(scene, stripped)


def is_plain(scene: Scene, between: str) -> bool:
    """Tell whether only fillers and verbs of position stand between place and statement."""
    filler, verbs = scene.cues.words("position", "filler"), scene.cues.words("position", "verbs")
    return all(word.lower().rstrip(".") in filler or word.lower() in verbs for word in WORD.findall(between))


def has_verb(scene: Scene, between: str) -> bool:
    """Tell whether a verb of position is among the words."""
    verbs = scene.cues.words("position", "verbs")
    return any(word.lower() in verbs for word in WORD.findall(between))


def words_between(scene: Scene, end: int, start: int) -> str:
    """Return the words between a place and a statement, without brackets and a verb's loose prefix."""
    between = _inhabitants(scene.language).sub("", BRACKETS.sub("", scene.text[end:start]))
    between = _particle(scene.language).sub("", between)
    if (
        scene.cues.is_said("anaphora", "verb_last")
        and _verbs_last(scene.language).fullmatch(between) is not None
    ):
        return ", "  # `ist in X abgestürzt, 20 Kilometer südlich von Y`
    return between


@functools.cache
def _inhabitants(language: str) -> re.Pattern[str]:
    """Return the pattern of `of 6,000 people`, which tells nothing of where a town lies."""
    known = cues(language)
    return re.compile(
        rf"\s(?:{known.either('position', 'peopled')})\s(?:[^\W\d_]{{1,12}}\s){{0,2}}?"
        rf"\d[\d.,\u00a0\u202f]{{0,12}}\s"
        rf"(?:{known.either('position', 'people')})(?!\w)",
        re.IGNORECASE,
    )


@functools.cache
def _particle(language: str) -> re.Pattern[str]:
    return re.compile(rf"^\s(?:{cues(language).either('position', 'particles')})(?![\w-])")


@functools.cache
def _verbs_last(language: str) -> re.Pattern[str]:
    ends = cues(language).either("anaphora", "verb_ends")
    return re.compile(rf"(?:\s[a-zß-öø-ÿ]{{3,24}}(?:{ends})){{1,3}},\s?")


def is_governed(scene: Scene, start: int) -> bool:
    """Tell whether a preposition stands before a phrase, so that it cannot be the subject."""
    return preposition_before(scene, 0, start) is not None


def preposition_before(scene: Scene, begin: int, start: int) -> int | None:
    """Return where the preposition stands that governs a phrase, None where none does."""
    before = list(WORD.finditer(scene.text, max(begin, start - 40), start))
    for match in reversed(before[-3:]):
        word, lowered = match[0], match[0].lower()
        if lowered in scene.cues.words("position", "prepositions"):
            return match.start()
        is_transparent = (
            lowered in scene.cues.words("anaphora", "definites")
            or scene.cues.kind_of(word) is not None
            or wind_of(word, scene.language) is not None
        )
        if not is_transparent:
            return None
    return None
