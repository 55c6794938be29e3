"""Statements without a number: borders, coasts, nearness, direction, halfway, the shape of a way."""

from __future__ import annotations

from gazetteer.claims.claim import Claim
from gazetteer.claims.scene import Scene


def relation_claims(scene: Scene, measured: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims of an article that give no number."""
    del scene, measured
    return ()
