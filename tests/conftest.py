"""Fixtures that every floor's tests share, and a lock on the network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import settings

from gazetteer.analysis import analyse
from gazetteer.journeys.build import build_railways
from gazetteer.journeys.railways import RailNetwork
from gazetteer.places.build import build_gazetteer
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import load_articles

# No doctests in these; collected as modules, they would all be called `conftest`.
collect_ignore_glob = ["conftest.py", "*/conftest.py"]

# The same examples in every run, so that a change is what breaks a test; to look for new ones:
# `pytest --hypothesis-profile=default`.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def gazetteer():
    """The real gazetteer, compiled first if it is not."""
    build_gazetteer()
    return Gazetteer.open()


@pytest.fixture(scope="session")
def network():
    """The real railway network of the world, compiled first if it is not."""
    build_railways()
    return RailNetwork.open()


@pytest.fixture(scope="session")
def seed_articles():
    """The five articles."""
    return load_articles([SEEDS])


@pytest.fixture(scope="session")
def seed_analysis(seed_articles, gazetteer, network):
    """The five articles analysed together, offline."""
    return analyse(seed_articles, gazetteer, network=network)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch):
    """Nothing in the suite may speak to a machine other than this one."""
    connect = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else "local socket"
        if isinstance(address, tuple) and not (host.startswith("127.") or host in {"localhost", "::1"}):
            pytest.fail(f"a test reached for {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
