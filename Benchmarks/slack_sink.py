"""A stand-in for Slack on loopback that is fast, strict about its pace, and remembers who posted what when."""
import asyncio
import json
import re
import sys
import time

from http_server import Exchange, serve

MODE = {"open": None, "pace": 1.0, "closed": 120.0}
WORD = re.compile(rb"alert-\d+")


class Sink:
    """`open` takes everything; `pace` takes one call a second and channel, then 429; `closed` answers 429 to everything."""

    def __init__(self):
        self.reset("open")

    def reset(self, mode):
        self.mode, self.posts, self.updates, self.replies, self.refused, self.first, self.last = mode, 0, 0, 0, 0, None, None
        self.channels, self.free, self.seen = set(), {}, {}

    def call(self, path, body):
        message = json.loads(body)
        channel = message.get("channel", "")
        now = time.time()
        if self.mode != "open":
            free = self.free.get(channel, 0)
            if self.mode == "closed" or now < free:
                self.refused += 1
                wait = 120 if self.mode == "closed" else max(1, int(free - now + 0.999))
                return 429, b"", wait
            self.free[channel] = now + MODE["pace"]
        self.first, self.last = self.first or now, now
        if path == b"/api/chat.update":
            self.updates += 1
        elif message.get("thread_ts"):
            self.replies += 1
        else:
            self.posts += 1
            self.channels.add(channel)
        if self.mode == "pace":
            for word in WORD.findall(body):
                self.seen.setdefault(word.decode(), now)
        if path.startswith(b"/hook"):
            return 200, b"ok", None
        return 200, b'{"ok":true,"channel":"%s","ts":"%.6f"}' % (channel.encode(), now), None

    def state(self):
        return {
            "posts": self.posts, "updates": self.updates, "replies": self.replies, "refused": self.refused, "channels": len(self.channels),
            "first": self.first, "last": self.last, "seen": self.seen,
        }  # fmt: skip


class Connection(Exchange):
    sink = Sink()

    def answer(self, head, body):
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/reset/"):
            self.sink.reset(path[7:].decode())
            return b"{}"
        if path == b"/state":
            return json.dumps(self.sink.state()).encode()
        status, answer, wait = self.sink.call(path, body)
        return status, answer, b"Retry-After: %d\r\n" % wait if wait else b""


if __name__ == "__main__":
    asyncio.run(serve(Connection, int(sys.argv[1])))
