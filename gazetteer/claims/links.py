"""What stands between a place and a statement: words that join the two, and words that part them."""

from __future__ import annotations

import re
from typing import Final

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
    between = BRACKETS.sub("", scene.text[end:start])
    for particle in scene.cues.words("position", "particles"):
        between = between.removeprefix(f" {particle}")
    return between


def is_governed(scene: Scene, start: int) -> bool:
    """Tell whether a preposition stands before a phrase, so that it cannot be the subject."""
    before = WORD.findall(scene.text[max(0, start - 40) : start])
    for word in reversed(before[-3:]):
        lowered = word.lower()
        if lowered in scene.cues.words("position", "prepositions"):
            return True
        if scene.cues.kind_of(word) is None and lowered not in scene.cues.words("anaphora", "definites"):
            return False
    return False
