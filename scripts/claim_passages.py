"""Count what is found and how it is judged of statements marked in passages.

    python scripts/claim_passages.py PASSAGES.jsonl... [--list]

The form of the files is told in `own_claims/README.md`. Of the statements found, `right` are those called
true or false as marked, `open` those left unverifiable, `wrong` the others; `traps` are numbers marked as no
statement that were taken for one. With `--list`, every statement with what was made of it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gazetteer.analysis import analyse
from gazetteer.claims.claim import Claim, Verdict
from gazetteer.journeys.railways import RailNetwork
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import article_from_text

_TRUE = {Verdict.HOLDS, Verdict.HOLDS_LOOSELY, Verdict.CONSISTENT}


def main() -> None:
    """Print one line of counts for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    gazetteer, network = Gazetteer.open(), RailNetwork.open()
    for file in arguments.files:
        counts: Counter[str] = Counter()
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            article = article_from_text(passage["text"], source=passage["id"])
            claims = analyse([article], gazetteer, network=network).claims
            for sort, words in judged(passage, claims):
                counts[sort] += 1
                if arguments.list:
                    print(f"{passage['id']}: {sort}: {words}")
        found = counts["right"] + counts["open"] + counts["wrong"] + counts["unknown"]
        print(
            f"{file.name}: {found + counts['missed']} statements: {found} found, {counts['missed']} missed; "
            f"judged right {counts['right']}, open {counts['open']}, wrong {counts['wrong']}, truth unknown "
            f"{counts['unknown']}; traps {counts['trap']} of {counts['trap'] + counts['passed by']}"
        )


def judged(passage: dict, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """Yield for each marked statement and number what was made of it, and its words."""
    text, used = passage["text"], set()
    for marked in passage["claims"]:
        hits = _touching(claims, text.find(marked["quote"]), marked["quote"])
        if marked.get("value") is not None:
            hits = [claim for claim in hits if claim.quantity is not None] or hits
        used.update(claim.id for claim in hits)
        yield _sort_of(hits, true=marked["true"]), marked["quote"]
    for words in passage.get("not", ()):
        taken = [c for c in _touching(claims, text.find(words), words) if c.id not in used]
        used.update(claim.id for claim in taken)
        yield "trap" if taken else "passed by", words


def _touching(claims: Sequence[Claim], start: int, words: str) -> list[Claim]:
    end = start + len(words)
    return [claim for claim in claims if claim.span.start < end and start < claim.span.end]


def _sort_of(hits: Sequence[Claim], *, true: bool | None) -> str:
    if not hits:
        return "missed"
    if true is None:
        return "unknown"
    verdict = hits[0].verdict
    if verdict is Verdict.UNVERIFIABLE:
        return "open"
    return "right" if (verdict in _TRUE) == true else "wrong"


if __name__ == "__main__":
    main()
