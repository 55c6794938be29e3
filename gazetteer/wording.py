"""Sentences for readers, in each language of the interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

_SWAPPED: Final = str.maketrans(",.", ".,")
_TURNING: Final = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Characters that turn round what follows, so that a line shows what it does not say."""
_COMMANDS: Final = dict.fromkeys(({*range(32), *range(0x7F, 0xA0)} - {*b"\t\n\r"}) | _TURNING, "\ufffd")


def notation(english: str, language: str) -> str:
    """Return a number written the English way, `1,180.5`, in the notation of a language: `1.180,5`."""
    return english.translate(_SWAPPED) if spoken(language) == "de" else english


def spoken(language: str) -> str:
    """Return the language in which the interface answers for one of articles: German, else English.

    Examples:
        >>> spoken("de"), spoken("nl")
        ('de', 'en')
    """
    return "de" if language == "de" else "en"


def harmless(text: str) -> str:
    r"""Return a text without the characters that command a terminal, or turn its lines round.

    Examples:
        >>> harmless("Linz\x1b[2J liegt\tin Wien.\n")
        'Linz�[2J liegt\tin Wien.\n'
    """
    return text.translate(_COMMANDS)


@dataclass(frozen=True, slots=True)
class Wording:
    """One statement, said in German and in English."""

    de: str
    en: str

    @classmethod
    def same(cls, text: str) -> Self:
        """Word something that reads alike in every language, such as a bare number or name."""
        return cls(text, text)

    @classmethod
    def number(cls, english: str) -> Self:
        """Word a number written the English way, `1,180.5`, in the notation of each language."""
        return cls(notation(english, "de"), english)

    def in_language(self, language: str) -> str:
        """Return the wording for an ISO 639-1 code; English for any language but German."""
        return self.de if spoken(language) == "de" else self.en
