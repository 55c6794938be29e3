"""Learn the weights of the evidence for place names from annotated text.

    python scripts/train_detection.py de=ANNOTATED.jsonl [de~MORE.jsonl] [de?TEST.jsonl] [--folds 5] [--write]

`=` is cross-validated and learned from, `~` is only learned from, `?` is only scored. A weight other than 1
may follow (`de=FILE.jsonl~0.6`). The threshold is the one that is best for all `=` together.

Each line of a file is a document: `text` and `mentions` with `start`, `end` and `kind` (`literal`,
`derived`, `part`); parts are annotated as whole compounds, `optional` mentions and what lies in the spans of
`ignore` are not judged. A document that is `complete` marks demonyms and parts as well; a German one always
does. The weights in the repository come from the
development part of GermEval 2014 (NoSta-D, CC BY 4.0), from GeoVirus (Gritta et al.), and from our own
articles:

    python scripts/train_detection.py de=GERMEVAL.jsonl~2 de=OWN/learned_de.jsonl~0.6
        de=OWN/learned_sentences_de.jsonl~0.6 en=GEOVIRUS.jsonl en=OWN/learned_en.jsonl --write

Prints precision, recall and F1 by cross-validation over documents, beside those of the plain rule
"what is in the gazetteer is a place". With `--write`, writes `detection.json` into the folders of the
languages, those in LUFTLINIE_LANGUAGES among them. Each language is learned by itself, the forms of
candidates together: what holds for all is shared, the penalty keeps the rest small.
(Learning both languages together was tried: no better in either, with twice the features.)
"""

from __future__ import annotations

import argparse
import json
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Company
from gazetteer.reading.detection import agreed, chosen, overlapping_groups
from gazetteer.reading.evidence import company_flags, features_of
from gazetteer.reading.finding import Finder
from gazetteer.reading.folders import language_folders
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind
from gazetteer.reading.roles import kind_of
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Text, Words

FREELY_NAMED = {"headed", "natural", "led"}
MIN_COUNT = 8
"""Rows that a feature must hold for; rarer ones are learned by heart and do not carry over."""
THRESHOLDS = [t / 10 for t in range(-14, 5, 2)]
COMPANY_TURNS = 2
"""How often the features of company are worked out again from better weights."""


def main() -> None:
    """Cross-validate, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data", nargs="+", help="LANGUAGE=FILE.jsonl, LANGUAGE~FILE.jsonl or LANGUAGE?FILE.jsonl"
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3, help="cross-validations, each cut into other folds")
    parser.add_argument("--penalty", type=float, default=4.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    corpora: dict[str, list[Corpus]] = {}
    for item in arguments.data:
        language, corpus = Corpus.read(item, gazetteer)
        corpora.setdefault(language, []).append(corpus)
    for language, of_language in corpora.items():
        learn(language, of_language, arguments)


@dataclass(frozen=True, slots=True)
class Read:
    """An article's rows, as a slice of its corpus's, and what surrounds them."""

    rows: slice
    here: Surroundings
    finder: Finder


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file of documents, and the candidates found in them."""

    title: str
    mark: str
    """`=` learned from and scored in cross-validation, `~` only learned from, `?` only scored."""
    weight: float
    documents: list[dict]
    articles: list[Read]
    rows: list[dict]

    @classmethod
    def read(cls, item: str, gazetteer: Gazetteer) -> tuple[str, Corpus]:
        """Read `LANGUAGE=FILE`, `LANGUAGE~FILE~WEIGHT` or `LANGUAGE?FILE`; return the language as well."""
        mark = next(char for char in item if char in "=~?")
        language, _, file = item.partition(mark)
        file, _, given = file.partition("~")
        weight = 0.0 if mark == "?" else float(given or 1.0)
        documents = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        finder = Finder(gazetteer, Lexicon.of(language))
        rows: list[dict] = []
        articles: list[Read] = []
        for number, document in enumerate(documents):
            here, of_document = rows_of(number, document, finder)
            articles.append(Read(slice(len(rows), len(rows) + len(of_document)), here, finder))
            rows += of_document
        return language, cls(Path(file).stem, mark, weight, documents, articles, rows)


def learn(language: str, corpora: list[Corpus], arguments: argparse.Namespace) -> None:
    """Cross-validate one language, report, and write its weights if asked to."""
    rounds = [
        Learned.of(corpora, arguments.folds, arguments.penalty, seed) for seed in range(arguments.rounds)
    ]
    print(f"{language}: {len(rounds[0].vocabulary)} features")
    cut = {
        corpus.title: {
            t: [score_of(corpus, of_round.odds[number], t)[0] for of_round in rounds] for t in THRESHOLDS
        }
        for number, corpus in enumerate(corpora)
        if corpus.mark == "="
    }
    means = {t: float(np.mean([f1[t] for f1 in cut.values()])) for t in THRESHOLDS}
    # Near its best F1 hardly moves with the threshold: the lower end of that stretch, as a name missed is
    # seen by nobody, and one made up is.
    threshold = min(t for t in means if means[t] > max(means.values()) - 0.002)
    print("F1 in cross-validation, by threshold:", {t: round(mean, 4) for t, mean in means.items()})
    for title, f1 in cut.items():
        print(f"{title} by round at {threshold}:", [round(score, 4) for score in f1[threshold]])
    for corpus in sorted(corpora, key=lambda corpus: "=~?".index(corpus.mark)):
        odds = [of_round.odds[corpora.index(corpus)] for of_round in rounds]
        report(corpus, odds[0], threshold, errors=arguments.errors)
        if corpus.mark == "=":
            lengths = [1.0 + row["length"] / 100 if row["form"] == "name" else -1.0 for row in corpus.rows]
            report(corpus, np.array(lengths), 0.0, errors=False, rule="plain gazetteer rule")
    if arguments.write:
        title = ", ".join(corpus.title for corpus in corpora if corpus.mark != "?")
        write(language, title, rounds[0].weights, rounds[0].vocabulary, threshold)


@dataclass(frozen=True, slots=True)
class Learned:
    """The log odds of all rows, by corpus, each from weights that have not seen its document; the weights."""

    odds: list[np.ndarray]
    weights: np.ndarray
    """Learned from everything."""
    vocabulary: dict[str, int]

    @classmethod
    def of(cls, corpora: list[Corpus], folds: int, penalty: float, seed: int) -> Learned:
        """Learn from some corpora of one language.

        The features of company ask how likely the other names of the article are: by weights of the same
        fold, so that they are no kinder than on a text nobody has read.
        """
        rows = [row for corpus in corpora for row in corpus.rows]
        labels = np.array([row["label"] for row in rows], dtype=float)
        importance = np.concatenate(
            [[row["taught"] * corpus.weight for row in corpus.rows] for corpus in corpora]
        )
        fold = np.concatenate([folds_of(corpus, folds, seed) for corpus in corpora])
        used = np.concatenate([np.full(len(corpus.rows), corpus.mark != "?") for corpus in corpora])
        vocabulary = vocabulary_of(
            [row["features"] for row, learned in zip(rows, used, strict=True) if learned]
        )
        alone_matrix = matrix = matrix_of([row["features"] for row in rows], vocabulary)
        whole = vocabulary
        odds = np.zeros(len(rows))
        weights = np.zeros(len(vocabulary))
        for turn in range(COMPANY_TURNS + 1):
            alone = np.zeros(len(rows))
            start = np.concatenate([weights[: len(vocabulary)], np.zeros(len(whole) - len(vocabulary))])
            weights = fitted(matrix, labels, importance, penalty, start)
            for k in range(-1, folds):
                asked = fold == k
                of_fold = weights if k < 0 else fitted(matrix, labels, importance * ~asked, penalty, weights)
                odds[asked] = matrix[asked] @ of_fold
                alone[asked] = alone_matrix[asked] @ of_fold[: len(vocabulary)]
            if turn < COMPANY_TURNS:
                company = company_of(corpora, alone)
                more = vocabulary_of([flags for flags, learned in zip(company, used, strict=True) if learned])
                matrix = sparse.hstack([alone_matrix, matrix_of(company, more)], format="csr")
                whole = vocabulary | {feature: len(vocabulary) + i for feature, i in more.items()}
        lengths = np.cumsum([len(corpus.rows) for corpus in corpora])[:-1]
        return cls(np.split(odds, lengths), weights, whole)


def folds_of(corpus: Corpus, folds: int, seed: int) -> np.ndarray:
    """Return the fold of each row, -1 where the corpus is not cut; a document is never divided."""
    if corpus.mark != "=":
        return np.full(len(corpus.rows), -1)
    of_document = np.random.default_rng(seed).permutation(len(corpus.documents)) % folds
    return of_document[[row["document"] for row in corpus.rows]]


def company_of(corpora: list[Corpus], odds: np.ndarray) -> list[list[str]]:
    """Return the features of company of all rows, given the log odds of each by itself."""
    flags: list[list[str]] = []
    for corpus in corpora:
        of_corpus = odds[len(flags) : len(flags) + len(corpus.rows)]
        flags += [f for article in corpus.articles for f in flags_of_company(article, corpus.rows, of_corpus)]
    return flags


def flags_of_company(article: Read, rows: list[dict], odds: np.ndarray) -> list[list[str]]:
    """Return the features of company of an article's rows, given the log odds of each by itself."""
    of_article = rows[article.rows]
    company = Company(
        [row["found"] for row in of_article],
        odds[article.rows].tolist(),
        article.finder.maps,
        article.here,
    )
    return [
        shared(company_flags(row["found"], company, article.here, article.finder), row["form"][0])
        for row in of_article
    ]


def write(
    language: str, title: str, weights: np.ndarray, vocabulary: dict[str, int], threshold: float
) -> None:
    """Write a language's weights: what all forms share is added in."""
    learned: dict[str, float] = {}
    names = {feature.split(" ", 1)[1] for feature in vocabulary}
    for form in Form:
        for name in names:
            keys = (f"{form.value[0]} {name}", f"* {name}")
            total = sum(float(weights[vocabulary[key]]) for key in keys if key in vocabulary)
            if abs(total) >= 0.01:
                learned[f"{form.value[0]} {name}"] = round(total, 3)
    target = Path(str(language_folders()[language])) / "detection.json"
    content = {"learned_from": title, "threshold": threshold, "weights": learned}
    target.write_text(
        json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{target}: {len(learned)} weights, threshold {threshold}")


def open_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer."""
    return Gazetteer.open()


def rows_of(number: int, document: dict, finder: Finder) -> tuple[Surroundings, list[dict]]:
    """Return one row per candidate: features, label, and the span as annotated."""
    text = Text.of(document["text"])
    words = Words.of(text.plain)
    here = Surroundings.of(text.plain, words, finder.neighbours)
    gold = {(m["start"], m["end"]): m.get("kind") for m in document["mentions"]}
    compounds = finder.lexicon.grammar.compounds
    rows = []
    complete = finder.lexicon.language == "de" or document.get("complete")
    groups = overlapping_groups(finder.find(text.plain, words))
    for group in groups:
        for found in group:
            # As in evaluation: compounds whole, of English ones (`Frankfurt-based`) the name.
            end = found.container_end if found.form is Form.PART and compounds else found.end
            span = text.original(found.start, end)
            short = text.original(found.start, found.end)
            label = span in gold or (found.form is Form.PART and short in gold)
            # A corpus that leaves demonyms and parts out says nothing about them, wherever it marks none.
            scored = complete or label or kind_of(found, here) is Kind.TOPONYM
            scored = scored and (
                label
                or not any(i["start"] < span[1] and span[0] < i["end"] for i in document.get("ignore", ()))
            )
            rows.append(
                {
                    "document": number,
                    "span": span,
                    "found": found,
                    "label": label,
                    "scored": scored,
                    # Nor does it about rivers and streets that are in no gazetteer, where few are marked.
                    "taught": scored and (complete or label or found.shape not in FREELY_NAMED),
                    "form": found.form.value,
                    "length": found.end - found.start,
                    "features": shared(
                        features_of(found, here, finder, group),
                        found.form.value[0],
                    ),
                }
            )
    return here, rows


def vocabulary_of(features: list[list[str]]) -> dict[str, int]:
    """Return a column for each feature that is frequent enough to learn from."""
    counts = Counter(feature for of_row in features for feature in of_row)
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))}


def matrix_of(features: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Return the matrix of rows by features: how often each holds, as reading counts it."""
    pairs = [(i, vocabulary[f]) for i, of_row in enumerate(features) for f in of_row if f in vocabulary]
    i, j = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(i)), (i, j)), shape=(len(features), len(vocabulary)))


def fitted(
    matrix: sparse.csr_matrix,
    labels: np.ndarray,
    importance: np.ndarray,
    penalty: float,
    start: np.ndarray | None = None,
) -> np.ndarray:
    """Return the weights of a logistic regression with a quadratic penalty; `start` only saves time."""
    used = importance > 0
    matrix, importance = matrix[used], importance[used]
    signs = 2.0 * labels[used] - 1.0
    transposed = matrix.T.tocsr()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (matrix @ weights)
        losses = np.logaddexp(0.0, -margins)
        slopes = -signs * importance / (1.0 + np.exp(np.clip(margins, -30, 30)))
        return float(
            importance @ losses + 0.5 * penalty * weights @ weights
        ), transposed @ slopes + penalty * weights

    return optimize.minimize(
        loss,
        np.zeros(matrix.shape[1]) if start is None else start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 300, "maxcor": 20},
    ).x


def shared(features: list[str], form: str) -> list[str]:
    """Return each feature twice: of candidates of the form, and of all."""
    return [variant for feature in features for variant in (f"{form} {feature}", f"* {feature}")]


def score_of(
    corpus: Corpus, odds: np.ndarray, threshold: float
) -> tuple[float, float, float, list, list, Counter]:
    """Return F1, precision, recall, what was wrong, what was missed, and hits by kind; exact spans."""
    found_of: dict[int, list[Found]] = {}
    odds_of: dict[int, list[float]] = {}
    span_of, scored_of = {}, {}
    for row, odd in zip(corpus.rows, odds, strict=True):
        found_of.setdefault(row["document"], []).append(row["found"])
        odds_of.setdefault(row["document"], []).append(float(odd))
        span_of[row["document"], row["found"]] = row["span"]
        scored_of[row["document"], row["found"]] = row["scored"]
    right, wrong, missed, kinds = 0, [], [], Counter()
    for number, document in enumerate(corpus.documents):
        gold = {(m["start"], m["end"]): m for m in document["mentions"] if not m.get("optional")}
        candidates = found_of.get(number, [])
        taken = chosen(
            candidates, agreed(candidates, array("d", odds_of.get(number, []))), threshold=threshold
        )
        spans = {
            span_of[number, found]: found
            for found in taken
            if span_of[number, found] in gold or scored_of[number, found]
        }
        forgiven = document.get("ignore", []) + [m for m in document["mentions"] if m.get("optional")]
        right += len(gold.keys() & spans.keys())
        kinds.update(gold[span]["kind"] for span in gold.keys() & spans.keys())
        wrong += [
            (in_context(document["text"], span), found.form.value, found.shape)
            for span, found in spans.items()
            if span not in gold and not any(s["start"] < span[1] and span[0] < s["end"] for s in forgiven)
        ]
        missed += [
            (in_context(document["text"], span), m["kind"]) for span, m in gold.items() if span not in spans
        ]
    precision, recall = right / max(1, right + len(wrong)), right / max(1, right + len(missed))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f1, precision, recall, wrong, missed, kinds


def in_context(text: str, span: tuple[int, int]) -> str:
    """Return a span in brackets among its neighbours."""
    start, end = span
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 15]}"


def report(
    corpus: Corpus, odds: np.ndarray, threshold: float, *, errors: bool, rule: str = "learned"
) -> None:
    """Print precision, recall and F1."""
    f1, precision, recall, wrong, missed, kinds = score_of(corpus, odds, threshold)
    total = Counter(m["kind"] for d in corpus.documents for m in d["mentions"] if not m.get("optional"))
    shares = {kind: round(kinds[kind] / n, 3) for kind, n in total.items()}
    print(
        f"{corpus.title}, {rule}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} at {threshold}; "
        f"recall by kind {shares}"
    )
    if errors:
        print("--- wrong", len(wrong))
        print(*wrong, sep="\n")
        print("--- missed", len(missed))
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
