"""Machines on one machine: each a network namespace with one way out, and a relay that leads from there to a service.

Needs root and `ip`.
"""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def machine(name: str, number: int) -> Iterator[str]:
    """A network namespace with one way out; yields the host's address as it is seen from there."""
    space, here, there = f"plum-{name}", f"plum{name}0", f"plum{name}1"
    run("ip", "netns", "add", space)
    try:
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", space)
        run("ip", "addr", "add", f"10.213.{number}.1/24", "dev", here)
        run("ip", "link", "set", here, "up")
        run("ip", "-n", space, "addr", "add", f"10.213.{number}.2/24", "dev", there)
        run("ip", "-n", space, "link", "set", there, "up")
        yield f"10.213.{number}.1"
    finally:
        run("ip", "netns", "del", space)


def run(*command: str) -> None:
    subprocess.run(command, check=True)


class Relay:
    """Leads from a port of one address to a port of this machine."""

    def __init__(self, address: str, port: int, to: int) -> None:
        self.address, self.port, self.to = address, port, to
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()

    async def serve(self) -> None:
        server = await asyncio.start_server(self.lead, self.address, self.port)
        await server.serve_forever()

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", self.to)
        await asyncio.gather(self.copy(reader, back), self.copy(onward, writer))

    async def copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
        target.close()
