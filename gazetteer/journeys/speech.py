"""Direct speech: the stretches of a text between quotation marks."""

from __future__ import annotations

import re
from typing import Final

_SPEECH: Final = re.compile(
    r"„[^“”\n]{30,600}[“”]|“[^“”\n]{30,600}”|(?<![\w.,!?])\"[^\"\n]{30,600}\"|»[^«»\n]{30,600}«"
)
_FRENCH_SPEECH: Final = re.compile(r"«[^«»\n]{30,600}»")
"""What is shorter is a name or a phrase."""


def speech_in(text: str) -> list[tuple[int, int]]:
    """Return where direct speech begins and ends, with its marks, in text order."""
    french = 0 <= text.find("«") < text.find("»")
    return [match.span() for match in (_FRENCH_SPEECH if french else _SPEECH).finditer(text)]
