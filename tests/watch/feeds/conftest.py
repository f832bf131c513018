import pytest

from tests.watch.feeds.served import Served


@pytest.fixture
def serve():
    """Start servers that end with the test."""
    servers = []

    def start(answers):
        servers.append(Served(answers))
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
