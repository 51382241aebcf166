"""`xiangji serve`: a preview on this computer, or for a phone in the same network."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from xiangji.cache import keep_patterns
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import tell
from xiangji.cli.words import say
from xiangji.hosts.reading import is_there
from xiangji.preview.host_pages import HostPages
from xiangji.preview.preview import Preview
from xiangji.preview.server import PreviewServer
from xiangji.problems import Problem

_PORT = 8000


def run_serve(lang: str, config: Path, address: str | None, phone: bool, host: str) -> int:
    """Serve until the user interrupts. Returns the exit status."""
    if not config.is_file():
        raise click.UsageError(say("no-config", lang, path=config))
    keep_patterns()
    place, port = _place(lang, address, phone)
    last: list[tuple[Problem, ...] | None] = [None]

    def told(problems: tuple[Problem, ...]) -> None:
        if problems != last[0]:
            last[0] = problems
            tell(problems, lang, config.resolve().parent)

    shown = f"{place}:{port}"
    url = f"http://{shown}/" if phone else None
    preview = Preview(config.resolve(), url, told, ProgressLine(lang))
    try:
        server = PreviewServer(place, port, preview)
    except OSError as error:
        click.echo(say("no-port", lang, address=shown, why=error.strerror or error), err=True)
        return 1
    click.echo(say("scan" if phone else "serving", lang, address=shown))
    preview.look()
    return _serve(lang, server, preview, config.resolve(), host)


def _serve(lang: str, server: PreviewServer, preview: Preview, config: Path, host: str) -> int:
    hosted = preview.site is not None and preview.site.settings.reading
    pages = HostPages(config, preview) if hosted and host == "mkdocs" else None
    if pages and not is_there():
        click.echo(say("no-host", lang), err=True)
        server.server_close()
        return 1
    if pages:
        pages.start()
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
        if pages:
            pages.stop()
    return 0


def _place(lang: str, address: str | None, phone: bool) -> tuple[str, int]:
    """Return host name and port to listen on: as given, else this computer only, or an address that a phone can reach."""
    if address is None:
        return (_local_address() if phone else "127.0.0.1"), _PORT
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise click.UsageError(say("bad-address", lang, value=address))
    return host, int(port)


def _local_address() -> str:
    """Return this computer's address in the local network.

    Nothing is sent: connecting a datagram socket only selects the route to an address reserved for documentation.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(way.getsockname()[0])
