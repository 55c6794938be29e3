"""Entries of a book or list: `BATH. Spa city in Somerset, 97 miles …`, `X, 19 km von Y, Hafenstadt an …`."""

from __future__ import annotations

import re
from typing import Final

from gazetteer.claims.claim import Role
from gazetteer.claims.named_roles import named_role
from gazetteer.claims.scene import Scene
from gazetteer.reading.mentions import Kind
from gazetteer.reading.resolution import Resolution

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST: Final = 200
_MOST_WORDS: Final = 4


def headword_role(scene: Scene, begin: int, start: int) -> Role | None:
    """Return the place that an entry without a verb is headed by.

    Args:
        scene: The article.
        begin: Where the sentence begins.
        start: Where the statement begins.

    Returns:
        The name at the head of the sentence, or that is all of the sentence before. None where what stands
        before the statement is anything but the kind of place: it may be said of something else.
    """
    if start - begin > _LONGEST:
        return None
    inside = next(iter(scene.names_within(begin, begin + 1)), None)
    if inside is not None and scene.text[inside.mention.span.end : inside.mention.span.end + 1] in {",", ":"}:
        return named_role(scene, inside) if _is_kind(scene, inside.mention.span.end, start) else None
    head = _head_before(scene, begin)
    return named_role(scene, head) if head is not None and _is_kind(scene, begin, start) else None


def _head_before(scene: Scene, begin: int) -> Resolution | None:
    """Return the name that the sentence before consists of."""
    here = scene.sentence_at_or_before(begin)
    before = None if here is None else scene.sentence_before(here)
    if before is None:
        return None
    first = next(iter(scene.within(before.span.start, before.span.start + 1)), None)
    if first is None or first.mention.kind is not Kind.TOPONYM:
        return None
    return first if not scene.text[first.mention.span.end : before.span.end].strip(" .:–—-\n") else None


def _is_kind(scene: Scene, begin: int, start: int) -> bool:
    """Tell whether the last words before a statement say what kind of place it is, and nothing else."""
    before = scene.text[begin:start].rstrip()
    parts = [part for part in re.split(r"[,;:]\s?", before) if part.strip()]
    if not parts:
        return False
    words = _WORD.findall(parts[-1])
    kinds = [at for at, word in enumerate(words) if scene.cues.kind_of(word) is not None]
    if not kinds or kinds[0] >= _MOST_WORDS:
        return False
    # Behind the kind only where it lies: `Spa city in Somerset`.
    known = scene.cues.words("position", "prepositions") | scene.cues.words("anaphora", "definites")
    return all(word in known or word[0].isupper() for word in words[kinds[0] + 1 :])
