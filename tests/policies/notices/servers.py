"""Real mail servers for tests: one that accepts what it should, and one that misbehaves as it is told.

    with accepting_server() as server:                  # aiosmtpd, announces PIPELINING
        send_to(server.host, server.port)
        assert server.recipients == ["p1@example.org"]

    with scripted_server({"p1": Rule(At.RCPT, "550 gone"), "p2": Rule(At.DOT, then=Then.DROP, times=1)}) as server:
        ...                                             # the first time p2's mail ends, the connection is dropped

Both write down what they accept before they answer the dot.
"""

import datetime
import ipaddress
import socket
import ssl
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.policies.notices.scripted import HOST, Accepted, At, Rule, ScriptedServer, Server, Then, scripted_server

__all__ = [
    "HOST",
    "Accepted",
    "AcceptingServer",
    "At",
    "Rule",
    "ScriptedServer",
    "Server",
    "Then",
    "accepting_server",
    "certificate_for",
    "scripted_server",
    "serving_tls",
]


@dataclass
class AcceptingServer(Server):
    pipelining: bool | str = True
    refuse: Mapping[str, str] = field(default_factory=dict)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if self.pipelining is True or (self.pipelining == "inside TLS" and session.ssl):
            responses.insert(1, "250-PIPELINING")
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if reply := self.refuse.get(address):
            return f"{reply} {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.take(envelope.rcpt_tos, envelope.content)
        return f"250 OK {envelope.rcpt_tos[0]}"


class _Controller(Controller):
    """Listens on a port that the system has chosen."""

    def __init__(self, handler: AcceptingServer, **options) -> None:
        # asyncio switches Nagle's algorithm off only where the protocol is named.
        self.listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.listening.bind((HOST, 0))
        handler.port = self.listening.getsockname()[1]
        super().__init__(handler, hostname=HOST, port=handler.port, **options)

    def factory(self):
        self.handler.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return super().factory()

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.listening, ssl=self.ssl_context)


@contextmanager
def accepting_server(
    *,
    pipelining: bool | str = True,
    refuse: Mapping[str, str] | None = None,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    size: int | None = None,
    smtputf8: bool = False,
) -> Iterator[AcceptingServer]:
    """Take every mail but those to `refuse` (address: reply). `pipelining` may be "inside TLS"; `tls`: implicit."""

    def check(server, session, envelope, mechanism, auth_data):
        given = (auth_data.login.decode(), auth_data.password.decode())
        return AuthResult(success=given == login, handled=False)

    server = AcceptingServer(pipelining=pipelining, refuse=refuse or {})
    controller = _Controller(
        server,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        auth_required=login is not None,
        auth_require_tls=starttls is not None,
        authenticator=check,
        data_size_limit=size,
        enable_SMTPUTF8=smtputf8,
    )
    controller.start()
    server.connections = 0  # the controller has knocked
    try:
        yield server
    finally:
        controller.stop()


def certificate_for(host: str, folder: Path) -> Path:
    """A certificate signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server in a test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    no_password = serialization.NoEncryption()
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    )
    return path


def serving_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
