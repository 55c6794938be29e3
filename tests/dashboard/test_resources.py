"""What the dashboard is told to show."""

import os
import sys
from pathlib import Path

import pytest

from dashboard import server
from dashboard.resources import ARTICLES_VARIABLE, article_paths, name_articles


@pytest.mark.parametrize("name", ["a:b.txt", "a;b.txt", "a\nb.txt", "[a].txt", '"a".txt', "a\udcff.txt"])
def test_articles_are_shown_whatever_their_names_hold(monkeypatch, name):
    monkeypatch.setenv(ARTICLES_VARIABLE, "earlier")

    name_articles([name, "other.txt"])

    assert article_paths() == (Path(name), Path("other.txt"))


@pytest.mark.parametrize("named", [f"one{os.pathsep}two", "[one"])
def test_articles_may_be_named_as_in_path(monkeypatch, named):
    monkeypatch.setenv(ARTICLES_VARIABLE, named)

    assert article_paths() == tuple(map(Path, named.split(os.pathsep)))


def test_articles_are_named_behind_the_command(monkeypatch):
    monkeypatch.setenv(ARTICLES_VARIABLE, "earlier")
    monkeypatch.setattr(sys, "argv", ["app.py", "12:30.txt"])

    server.announce_articles()

    assert article_paths() == (Path("12:30.txt"),)
