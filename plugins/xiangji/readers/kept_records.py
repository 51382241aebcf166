"""Keeps the records of product folders in the village's cache, so that the next command reads only what changed.

Nearly all files of a village are in these folders. Only folders without problems are kept, as values of the record
classes, which are compared with the classes when they are read back. The cache believes its own user's entries alone.
"""

from __future__ import annotations

from functools import cache as once
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from xiangji.cache import Cache
from xiangji.model.location import Layout, Origin, layout, origin_at
from xiangji.problems import Problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product


class ReadFolder(Struct, frozen=True):
    """What the folder of a product contains: the product and its batches, the files that were read, and the problems.

    `lost` are records that could not be read (`problems.Report`).
    """

    product: Product | None
    batches: list[Batch]
    files: list[str]
    problems: list[Problem] = []
    lost: set[tuple[Any, str]] = set()


class KeptRecords(Struct, frozen=True):
    """The records of a village as the program with the digest `program` read them."""

    cache: Cache
    root: Path
    program: str

    def recall(self, folder: str, digest: str) -> ReadFolder | None:
        """What a folder contained, if its files had this digest."""
        read = partial(_read, f"{self.program} {digest}".encode())
        return self.cache.stored(self._key(folder), read)

    def keep(self, folder: str, digest: str, read: ReadFolder) -> None:
        """Keep what a folder contains while its files have this digest, unless something is wrong in it."""
        if read.problems or read.lost:
            return
        head = f"{self.program} {digest}\n".encode()
        try:
            self.cache.store(self._key(folder), head + _encoder().encode(read))
        except (ValueError, OverflowError):  # A name that is not UTF-8, or a very large number.
            return

    def _key(self, folder: str) -> str:
        return f"records {self.root.resolve()} {folder}"


def _read(head: bytes, kept: bytes) -> ReadFolder:
    """The records from their stored form. Raises ValueError if they are of other files, or do not fit."""
    given, _, records = kept.partition(b"\n")
    if given != head:
        raise ValueError
    return _decoder().decode(records)


@once
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_as_data)


@once
def _decoder() -> msgspec.msgpack.Decoder[ReadFolder]:
    return msgspec.msgpack.Decoder(ReadFolder, dec_hook=_from_data)


def _as_data(value: Any) -> Any:
    if isinstance(value, Origin):
        return value.path, value.line, value.column, _told(value.layout)
    raise TypeError(type(value).__name__)


def _told(given: Layout | None) -> Any:
    return given and (tuple(given.names), given.steps, _told(given.begins))


_Told = tuple[tuple[str, ...], bytes | tuple[int, ...], Any]


def _from_data(wanted: type[Any], told: Any) -> Any:
    if wanted is not Origin:
        raise ValueError(wanted.__name__)
    path, line, column, fields = msgspec.convert(told, tuple[str, int, int, _Told])
    return origin_at(path, line, column, _layout(fields))


def _layout(told: _Told) -> Layout:
    names, steps, begins = told
    return layout(names, steps, _layout(msgspec.convert(begins, _Told)) if begins else None)
