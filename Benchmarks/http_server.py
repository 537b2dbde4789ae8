"""As much of an HTTP server as a stand-in in a bench needs: it takes next to no time itself."""
import asyncio
import re


class Exchange(asyncio.Protocol):
    """Requests of one connection, one after the other. A subclass answers them."""

    def answer(self, head, body):
        """The body of the answer, or (status, body, further header lines)."""
        raise NotImplementedError

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            total = end + 4 + (int(length.group(1)) if length else 0)
            if len(self.buffer) < total:
                return
            body, self.buffer = self.buffer[end + 4 : total], self.buffer[total:]
            answer = self.answer(head, body)
            status, answer, headers = answer if isinstance(answer, tuple) else (200, answer, b"")
            self.transport.write(
                b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s" % (status, headers, len(answer), answer))


async def serve(exchange, port):
    server = await asyncio.get_running_loop().create_server(exchange, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()
