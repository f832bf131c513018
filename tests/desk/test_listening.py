"""Where the desk listens."""

import socket
from contextlib import closing

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.publish.desk.application import listen


def test_what_is_sent_leaves_at_once():
    with closing(listen(0)) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_port_that_is_taken_is_refused():
    with closing(listen(0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(ValueNotUnderstood) as refused:
            listen(port)
    assert refused.value.value == port
