"""A real S3 server on loopback, which keeps what it was asked, in order, and can be stopped short."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

MEMORY = ".xiangji/published.json"
OURS = ".xiangji/"
"""What the publication keeps for itself, beside the site."""


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        pass


@dataclass
class Bucket:
    """A bucket of the server. `asked` are method, path below the bucket, and content type.

    After `room` further uploads of the site's files the next one is held back until `go_on`; with
    `refuse`, it and all that follow are denied, as when a key has run out.
    """

    name: str
    port: int
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    room: int | None = None
    refuse: bool = False
    held_back: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    alone: threading.Lock = field(default_factory=threading.Lock)
    landed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Counts the site's files that are up."""

    @property
    def environment(self) -> dict[str, str]:
        """What a person sets to reach it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": "none",
            "AWS_SHARED_CREDENTIALS_FILE": "none",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def puts(self) -> list[str]:
        """The site's files that came up since the last call, in order; the memory is not told."""
        found = [
            path for method, path, _ in self.asked if method == "PUT" and not path.startswith(OURS)
        ]
        self.asked.clear()
        return found

    def stop_after(self, room: int, refuse: bool = False) -> None:
        self.room, self.refuse = room, refuse
        self.held_back.clear()
        self.go_on.clear()
        self.landed = threading.Semaphore(0)

    def admit(self, method: str, path: str) -> bool:
        """Whether a request may pass."""
        if method != "PUT" or self.room is None or (path.startswith(OURS) and self.room > 0):
            return True
        with self.alone:
            self.room -= 1
            if self.room >= 0:
                return True
        self.held_back.set()
        if not self.refuse:
            self.go_on.wait(60)
        return False

    def files(self) -> dict[str, bytes]:
        """All that it holds."""
        keys = _store()[self.name].keys
        return {path: key.value for path, key in keys.items()}

    def put(self, path: str, content: bytes) -> None:
        """Somebody else puts a file there."""
        _backend().put_object(self.name, path, content)

    def delete(self, path: str) -> None:
        _backend().delete_object(self.name, path)

    def content_type(self, path: str) -> str:
        return str(_store()[self.name].keys[path].metadata.get("Content-Type", ""))


def _backend() -> Any:
    from moto.s3.models import s3_backends

    return s3_backends["123456789012"]["aws"]


def _store() -> Any:
    return _backend().buckets


_DENIED = (
    b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code>"
    b"<Message>Access Denied</Message></Error>"
)


@contextmanager
def serving() -> Iterator[dict[str, Bucket]]:
    """The server's buckets by name; make one with `new_bucket`."""
    inner = DomainDispatcherApplication(create_backend_app)
    buckets: dict[str, Bucket] = {}

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        whole = unquote(environ["PATH_INFO"]).encode("latin-1").decode("utf-8")
        name, _, path = whole.lstrip("/").partition("/")
        bucket = buckets.get(name)
        if bucket is not None:
            if not bucket.admit(environ["REQUEST_METHOD"], path):
                start("403 Forbidden", [("Content-Type", "application/xml")])
                return [_DENIED]
            said: Iterable[bytes] = inner(environ, start)
            kind = str(environ.get("CONTENT_TYPE", ""))
            bucket.asked.append((environ["REQUEST_METHOD"], path, kind))
            if environ["REQUEST_METHOD"] == "PUT" and not path.startswith(OURS):
                bucket.landed.release()
            return said
        return inner(environ, start)  # type: ignore[no-any-return]

    httpd = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=_Quiet)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        buckets["."] = Bucket(".", httpd.server_port)
        yield buckets
    finally:
        httpd.shutdown()


def new_bucket(buckets: dict[str, Bucket], name: str) -> Bucket:
    _backend().create_bucket(name, "us-east-1")
    buckets[name] = Bucket(name, buckets["."].port)
    return buckets[name]
