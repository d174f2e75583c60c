"""A model server that speaks Ollama's API, and a host for apps' requests.

What it answers goes round in a fixed order, failures included, so that the
server under test meets each of them.
"""

import itertools
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

MODEL = "scripted:latest"

APP = """Here it is.

```tsx src/App.tsx
export default function App() {
  return <p>0 glasses</p>;
}
```
"""
QUESTIONS = json.dumps(
    {"questions": [{"question": "For whom?", "options": ["Me", "A team"], "multiple": False}]}
)
# What one chat after the other is answered with: a text, or a status.
CHATS = [APP, QUESTIONS, APP, 500, "1. Add a chart\n2. Add a reminder\n3. Print it", APP, 429, "", APP]


class Provider:
    """Listens on a free port of the loopback, until the process ends."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    chats = itertools.cycle(CHATS)
    turn = Lock()

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        if path == "/api/tags":
            self.send(200, json.dumps({"models": [{"name": MODEL}]}))
        elif path == "/api/version":
            self.send(200, json.dumps({"version": "0.0.0"}))
        elif path == "/redirect":
            self.send(302, "", location="/elsewhere")
        elif path == "/picture":
            self.send(200, "<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml")
        else:
            self.send(200, "anything", kind="text/plain")

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_GET

    def do_POST(self) -> None:
        if self.path == "/api/show":
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send(200, json.dumps({"model_info": {"scripted.context_length": 40_960}}))
        elif self.path == "/api/chat":
            self.rfile.read(int(self.headers.get("content-length") or 0))
            with Handler.turn:
                chat = next(Handler.chats)
            if isinstance(chat, int):
                self.send(chat, json.dumps({"error": "not now"}))
            else:
                self.send(200, "\n".join(lines(chat)), kind="application/x-ndjson")
        else:
            self.do_GET()

    def send(self, status: int, body: str, kind: str = "application/json", location: str = "") -> None:
        sent = body.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(sent)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        """Says nothing: there are thousands of requests."""


def lines(text: str) -> list[str]:
    """A chat's answer in pieces, as Ollama streams it."""
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    said = [{"message": {"role": "assistant", "content": piece}, "done": False} for piece in pieces]
    end = {
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 100,
        "eval_count": len(pieces),
    }
    return [json.dumps({"model": MODEL, **line}) for line in [*said, end]]
