"""What ``serve`` does before it serves."""

from __future__ import annotations

import socket

import pytest

from kg.errors import MisuseError
from search_api.commands import _listen


def test_answers_are_not_held_back() -> None:
    with _listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_told() -> None:
    with _listen("127.0.0.1", 0) as listener, pytest.raises(MisuseError, match="choose another"):
        _listen("127.0.0.1", listener.getsockname()[1])
