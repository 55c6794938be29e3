"""The interface's wording: one TOML file for each language, all with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from gazetteer.wording import notation

LANGUAGES: Final = {"de": "Deutsch", "en": "English"}
"""ISO 639-1 code and own name of each language of the interface."""

_FOLDER: Final = Path(__file__).parent / "messages_data"


@dataclass(frozen=True)
class Messages:
    """The wording in one language; called with a key it gives the text."""

    language: str
    texts: Mapping[str, str]

    @classmethod
    def load(cls, language: str) -> Self:
        """Read a language's file; any language without one reads English."""
        known = language if language in LANGUAGES else "en"
        with (_FOLDER / f"{known}.toml").open("rb") as stream:
            tables = tomllib.load(stream)
        texts = {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}
        return cls(known, texts)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its values put in; an unknown key is a bug and raises KeyError."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number the way readers of the language do: `1.180,5` or `1,180.5`."""
        return notation(f"{value:,.{digits}f}".replace("-", "−"), self.language)

    def quoted(self, text: str) -> str:
        """Put a text in the quotation marks of the language."""
        return f"„{text}“" if self.language == "de" else f"“{text}”"

    def table(self, name: str) -> dict[str, str]:
        """Return one table of the file, for a component that words itself."""
        return {
            key.removeprefix(f"{name}."): text
            for key, text in self.texts.items()
            if key.startswith(f"{name}.")
        }
