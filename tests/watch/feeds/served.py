"""A web server on loopback that answers as it is told, and remembers what it was asked."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = """<rss version="2.0"><channel><title>Coast Daily</title>{}</channel></rss>"""
ENTRY = """<item><link>https://coast.example/{0}</link><title>Story {0}</title>
<pubDate>Tue, 29 Oct 2024 08:00:00 GMT</pubDate><description>{1}</description></item>"""


def feed_of(*texts):
    return FEED.format("".join(ENTRY.format(n, each) for n, each in enumerate(texts))).encode()


class Served(ThreadingHTTPServer):
    """Answers each path with (status, headers, body), a list of them one after the other."""

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked, self.at_once, self.most_at_once = answers, [], 0, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def paths(self):
        return [path for path, _, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, given):
        served = self.server
        served.at_once += 1
        served.most_at_once = max(served.most_at_once, served.at_once)
        served.asked.append((self.path, dict(self.headers), given))
        answer = served.answers.get(self.path, (404, {}, b""))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        status, headers, body = answer
        time.sleep(0.005)  # so that two who ask at once meet here
        served.at_once -= 1
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""
