"""Ports that the dashboard may not listen on are told before it starts."""

from __future__ import annotations

import re
import socket

import pytest

from gazetteer.cli import main
from gazetteer.ports import check_port


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_with_a_free_one(capsys, monkeypatch, taken):
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)

    assert main(["open", "--headless", "--port", str(taken)]) == 2
    said = capsys.readouterr().err
    assert f"port {taken} is taken by another program" in said
    (free,) = re.findall(r"--port (\d+)", said)
    check_port("127.0.0.1", int(free))


def test_a_free_port_is_fine(taken):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]

    assert free != taken
    assert check_port("127.0.0.1", free) is None


def test_an_address_that_is_none_is_left_to_the_server():
    assert check_port("203.0.113.7", 8501) is None
