"""A desk that answers at an address, in a thread of this process."""

import threading
import time
from contextlib import contextmanager

import uvicorn

from tocsin.publish.desk.application import listen, make_app, names_of
from tocsin.publish.desk.opened import Desk
from tocsin.settings import Settings


class AtHand:
    """Stands for a desk's worker: analyses in this process, with what is loaded already."""

    def __init__(self, tools):
        self.tools = tools

    def ask(self, question, thing):
        return question(thing, self.tools, Settings())


@contextmanager
def serving(folder, tools=None, beyond=None):
    """Yield the address of a desk on the store in `folder`.

    `tools` are loaded already; with `beyond` it asks for a token.
    """
    desk = Desk(folder)
    if tools is not None:
        desk.worker = AtHand(tools)
    with listen(0) as listening:
        names = names_of(listening)
        server = uvicorn.Server(uvicorn.Config(make_app(desk, names, beyond), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{names[0]}"
        finally:
            server.should_exit = True
            thread.join(10)
