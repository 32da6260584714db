"""`python distance.py PORT TO SECONDS`: passes everything on to port TO; what comes back arrives so much later."""

import asyncio
import sys

HOST = "127.0.0.1"


class Behind(asyncio.Protocol):
    """Towards the server."""

    def __init__(self, client: asyncio.Transport, seconds: float) -> None:
        self.client, self.seconds = client, seconds

    def data_received(self, data: bytes) -> None:
        asyncio.get_running_loop().call_later(self.seconds, self.client.write, data)

    def connection_lost(self, problem: Exception | None) -> None:
        asyncio.get_running_loop().call_later(self.seconds, self.client.close)


class Before(asyncio.Protocol):
    """Towards a client."""

    def __init__(self, to: int, seconds: float) -> None:
        self.to, self.seconds = to, seconds
        self.early: list[bytes] = []
        self.server: asyncio.Transport | None = None

    def connection_made(self, client: asyncio.Transport) -> None:
        self.connecting = asyncio.get_running_loop().create_task(self.connect(client))

    async def connect(self, client: asyncio.Transport) -> None:
        self.server, _ = await asyncio.get_running_loop().create_connection(
            lambda: Behind(client, self.seconds), HOST, self.to
        )
        self.server.writelines(self.early)

    def data_received(self, data: bytes) -> None:
        if self.server:
            self.server.write(data)
        else:
            self.early.append(data)

    def connection_lost(self, problem: Exception | None) -> None:
        if self.server:
            self.server.close()


async def serve(port: int, to: int, seconds: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Before(to, seconds), HOST, port, backlog=256)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
