"""Candidates: spans that might name a place, and what made them so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What made a span a candidate."""

    NAME = "name"
    """The gazetteer has it."""
    DEMONYM = "demonym"
    """An adjective or a word for inhabitants."""
    PART = "part"
    """The first part of a compound."""
    UNKNOWN = "unknown"
    """Not in the gazetteer, but shaped or placed like a place name."""

    # An enumeration's own hash is worked out in Python, several times a candidate.
    __hash__ = str.__hash__


@dataclass(slots=True, eq=False)
class Found:
    """A span that might name a place; not frozen, as thousands are made and dropped."""

    start: int
    end: int
    form: Form
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    places: tuple[int, ...]
    """Place numbers it may mean, most prominent first; empty where unknown."""
    name: str
    """The gazetteer's spelling of the name, or the surface."""
    container_end: int
    """Where the compound ends that a part begins; `end` for all else."""
    shape: str
    """How it was found, for the evidence: `exact`, `genitive`, `capitals`, `folded`, `ending` …"""
