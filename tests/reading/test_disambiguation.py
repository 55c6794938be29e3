"""Which place of a name is meant: golden cases, and laws that hold for any text."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from gazetteer.reading import votes
from gazetteer.reading.articles import Article
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import Name, Namesakes
from gazetteer.reading.reader import read_article
from gazetteer.reading.traits import Traits

CASES = json.loads((Path(__file__).parent.parent / "golden" / "namesakes.json").read_text(encoding="utf-8"))


def read(text, gazetteer, language="en"):
    return read_article(Article("a", "a.txt", "", language, None, text), gazetteer).resolutions


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:40]) for case in CASES])
def test_golden(case, gazetteer):
    found = [
        [r.mention.surface, r.entry and r.entry.id] for r in read(case["text"], gazetteer, case["language"])
    ]

    assert [pair for pair in found if pair in case["places"]] == case["places"], (case["why"], found)


def test_a_name_that_nothing_decides_is_not_resolved_but_its_candidates_are_listed(gazetteer):
    (resolution,) = read("Police in Springfield said so.", gazetteer)

    assert resolution.entry is None
    assert len(resolution.candidates) > 1


def test_scores_of_candidates_fall_and_sum_to_at_most_one(gazetteer):
    for resolution in read("Police in Springfield and Lincoln, Neb., called Paris and Berlin.", gazetteer):
        scores = [candidate.score for candidate in resolution.candidates]

        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.0 + 1e-9


def test_a_name_of_one_place_is_that_place_and_tells_why(gazetteer):
    towns = ("Vladivostok", "Novosibirsk", "Yekaterinburg", "Khabarovsk")
    name = next(town for town in towns if len(gazetteer.places_of(gazetteer.name_number(town))) == 1)

    (resolution,) = read(f"Police in {name} said so.", gazetteer)

    (candidate,) = resolution.candidates
    assert candidate.entry is resolution.entry
    assert candidate.score == 1.0
    assert "population" in resolution.why.en


def test_the_first_candidates_are_those_of_the_whole_list(gazetteer):
    (resolution,) = read("Police in Springfield said so.", gazetteer)
    first = resolution.candidates[:2]

    assert first == tuple(resolution.candidates)[:2]
    assert resolution.candidates[1:] == tuple(resolution.candidates)[1:]


def test_candidates_survive_the_way_to_another_process(gazetteer):
    (resolution,) = read("Police in Springfield said so.", gazetteer)

    again = pickle.loads(pickle.dumps(resolution))  # noqa: S301 - our own

    assert again.candidates == tuple(resolution.candidates)
    assert again.why == resolution.why


def test_traits_are_the_same_whether_asked_for_together_or_one_by_one(gazetteer):
    traits = Traits(gazetteer, "de", {"DE": 1, "AT": 2})
    places = np.arange(0, len(gazetteer), max(1, len(gazetteer) // 50))

    matrix = traits.matrix(places)

    assert matrix.shape == (len(places), len(traits.names()))
    assert matrix == pytest.approx(
        np.concatenate([traits.matrix(places[i : i + 1]) for i in range(len(places))])
    )


def test_the_places_of_a_name_do_not_vote_for_each_other(gazetteer):
    number = gazetteer.name_number("Paris")
    names = [Name("Paris", tuple(gazetteer.places_of(number).tolist()))]
    namesakes = Namesakes.of(names, gazetteer, Traits(gazetteer, "en", {}))
    shares = namesakes.shares(np.zeros(len(namesakes.places)))

    counted = votes.Election(namesakes, np.ones(1)).counted(shares)

    assert not counted.any()
    assert shares.sum() == pytest.approx(1.0)


def test_votes_are_the_same_whether_counted_at_once_or_in_parts(gazetteer, monkeypatch):
    numbers = [gazetteer.name_number(name) for name in ("Paris", "Springfield", "Texas", "Springfield")]
    named = [Name(str(i), tuple(gazetteer.places_of(n).tolist())) for i, n in enumerate(numbers)]
    namesakes = Namesakes.of(named, gazetteer, Traits(gazetteer, "en", {}))
    shares = namesakes.shares(np.linspace(0.0, 5.0, len(namesakes.places)))
    at_once = votes.Election(namesakes, np.ones(4)).counted(shares)

    monkeypatch.setattr(votes, "_ROWS_AT_ONCE", 7)
    in_parts = votes.Election(namesakes, np.ones(4)).counted(shares)

    assert in_parts == pytest.approx(at_once)
    assert at_once.any()


def test_votes_are_counted_anew_for_new_shares(gazetteer):
    numbers = [gazetteer.name_number(name) for name in ("Paris", "Texas", "France")]
    named = [Name(str(i), tuple(gazetteer.places_of(n).tolist())) for i, n in enumerate(numbers)]
    namesakes = Namesakes.of(named, gazetteer, Traits(gazetteer, "en", {}))
    first, second = (namesakes.shares(slope * np.arange(len(namesakes.places))) for slope in (-5.0, 5.0))
    election = votes.Election(namesakes, np.ones(3))
    election.counted(first)

    assert election.counted(second) == pytest.approx(votes.Election(namesakes, np.ones(3)).counted(second))


def test_every_language_tells_where_its_readers_live():
    for language in ("de", "en"):
        assert Lexicon.of(language).cue("kinds", "homes")


def test_a_name_of_which_dozens_are_as_likely_is_refused_with_its_candidates(gazetteer):
    text = "The police said: The fire broke out in Richland Township on Monday. It was closed."
    reading = read_article(Article("a", "a.txt", "", "en", None, text), gazetteer)
    (named,) = reading.resolutions

    assert named.entry is None
    assert len({candidate.entry.id for candidate in named.candidates}) > 1
    assert all(candidate.why.en for candidate in named.candidates)
