"""What a new site takes over from earlier ones, so that only what differs is made and written.

There are two to take from. The site that stands at the place, `live`, is what people read: nothing in it is
touched, its files get a second name by hard links. The one before it is kept as a spare. It becomes the new
site: what differs is put into it, and the two change places. So nothing is linked, and nothing removed, for
the files that stay.

The two share files, so none of those is ever written into: a new one takes its place. A spare is believed where it
holds what its ledger says, names, sizes and times of all of it; else it goes, and the new
site begins with links to the live one. Whatever more is in it somebody put into the site that it was; the site has it
still (`strangers`), so it goes. A build takes the spare out of the cache before it changes
anything in it, so one that is killed leaves none.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from xiangji.cache import Cache
from xiangji.incremental.listing import (
    link,
    listed,
    of_text,
    prune,
    stamps,
    text_of,
    unpacked,
    without_digests,
)
from xiangji.incremental.manifest import BuildManifest, Made, Signatures, keep_standby, open_standby
from xiangji.output.files import Listing, make_folder, write_bytes
from xiangji.render.outputs import Shard


class Standby:
    """The files of the sites at one place that may stand in the next one there.

    Used in this order: `begin`, then `put` and `has` for each file and shard, then `end`. Of a large
    village names of files take more memory than all else, so they are told anew instead of held."""

    def __init__(
        self, cache: Cache, out: Path, live: BuildManifest | None, signatures: Signatures | None
    ) -> None:
        self._cache, self._out, self._signatures = cache, out, signatures
        self._live = live or BuildManifest()
        self._base = self._live
        self._folder = Path()
        self._there: Listing = {}
        self._written: set[str] = set()
        """Files of no shard that were written."""
        self._made: dict[str, bytes] = {}
        """The files of shards that were made, by their keys, as packed texts with digests."""
        self._asked: dict[str, list[str]] = {}
        """What was asked for them."""
        self._kept: dict[str, Made] = {}
        """Shards that stay as they are: what is known of them."""
        self._above: set[str] = set()
        """Files of shards that another file lies above."""
        self._last = b""
        """Files that were written last, as a text."""
        self.pages: dict[str, str] = {}
        """Digests of those that belong to no shard."""

    @property
    def spare(self) -> Path | None:
        """Where the spare lies."""
        return self._cache.place(str(self._out.resolve()))

    def begin(self, folder: Path, shards: Sequence[Shard], others: Sequence[str]) -> None:
        """Begin a site of these shards and other files in `folder`, which holds the spare or nothing:
        afterwards it holds nothing that the new site does not."""
        self._folder = folder
        there = listed(folder)
        spare = open_standby(self._cache, self._out) if there else None
        # What else lies there somebody put into the site: the new one has it already.
        if spare is not None and spare.files.items() <= there.items():
            self._base = replace(spare, files={})  # Of a large village, once is enough.
            wanted = {*others, *(uri for shard in shards for uri in shard.uris)}
            unwanted = [path for path in there if path not in wanted]
            prune(folder, unwanted)
            for path in unwanted:
                del there[path]
            self._there = there
        else:
            if there:
                _empty(folder)
            alike = (shard for shard in shards if self._as_in(self._live, shard))
            staying = {uri for shard in alike for uri in shard.uris}
            staying.update(self._live.pages.keys() & others)
            self._there = self._linked(path for path in self._live.files if path in staying)
        keep_standby(self._cache, self._out)
        names = frozenset(others)
        self._above = {uri for shard in shards for uri in shard.uris if uri in names}

    def has(self, shard: Shard) -> bool:
        """Whether the files of a shard are in the folder as they would be made; if not, they are going
        to be made."""
        if self._as_in(self._base, shard) and self._there.keys() >= set(shard.uris):
            self._kept[shard.key] = self._base.shards[shard.key]
            return True
        if self._base is not self._live and self._as_in(self._live, shard):
            files = shard.uris
            found = self._linked(files)
            self._there.update(found)
            if len(found) == len(files):
                self._kept[shard.key] = self._live.shards[shard.key]
                return True
        return False

    def put(self, file: str, content: bytes) -> None:
        """Put a file of no shard into the folder, unless it is there. One that lies where another has
        been put already lies above it."""
        if not self._stands(file, hashlib.sha256(content)):
            write_bytes(self._new(file), content)

    def copy(self, file: str, source: Path) -> None:
        """The same with what is in another file, however large."""
        with source.open("rb") as opened:
            told = hashlib.file_digest(opened, "sha256")
        if not self._stands(file, told):
            target = Path(self._new(file))
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """The files of a shard were made and are there: a listing of them, as a packed text, and what was asked
        for them."""
        self._made[shard.key] = files
        self._asked[shard.key] = asked

    def _stands(self, file: str, told: hashlib._Hash) -> bool:
        """Whether a file with this digest stands in the folder, or does now."""
        digest = told.hexdigest()[:32]
        above = file in self.pages or file in self._above
        self.pages[file] = digest
        if above:
            return False
        if self._base.pages.get(file) == digest and file in self._there:
            return True
        found = self._linked([file]) if self._live.pages.get(file) == digest else {}
        self._there.update(found)
        return bool(found)

    def _new(self, file: str) -> str:
        """Where a file is going to be written."""
        self._written.add(file)
        target = f"{self._folder}/{file}"
        make_folder(target.rpartition("/")[0])
        return target

    def end(self) -> None:
        """All files are there."""
        self._last = text_of(stamps(self._folder, self._written.intersection(self.pages)))

    def files(self, shards: Iterable[Shard]) -> Iterator[bytes]:
        """All files of the new site, as they were when it was whole: listings as texts (`text_of`), one
        after another."""
        for shard in shards:
            made = self._made.get(shard.key)
            yield self._unwritten(shard.uris) if made is None else without_digests(unpacked(made))
        yield self._unwritten(self.pages.keys() - self._written)
        yield self._last  # Of a file that two have, the later one counts.

    def told(self, shards: Iterable[Shard]) -> Iterator[dict[str, str]]:
        """The same by path, each once, with the digest of those that were written or read now."""
        for shard in shards:
            made = self._made.get(shard.key)
            if made is None:
                files = {uri: self._there[uri] for uri in shard.uris}
            else:
                files = of_text(unpacked(made))
            yield {file: told for file, told in files.items() if file not in self.pages}
        last = of_text(self._last)
        yield {
            file: f"{last.get(file) or self._there[file]} {digest}"
            for file, digest in self.pages.items()
        }

    def _unwritten(self, files: Iterable[str]) -> bytes:
        """Some files that were not written, as they are known."""
        return text_of({file: self._there[file] for file in files})

    def made_of(self, shard: Shard) -> Made:
        """What a shard of the new site is made of; nothing that is ever made of anything, where another
        file lies above one of its own."""
        if self._signatures is None or (self._above and not self._above.isdisjoint(shard.uris)):
            return "", []
        kept = self._kept.get(shard.key)
        if kept is not None:
            return kept
        asked = self._asked.get(shard.key, [])
        return self._signatures.of(shard, asked) if asked else "", asked

    def _as_in(self, manifest: BuildManifest, shard: Shard) -> bool:
        """Whether a shard would come out as it did."""
        return self._signatures is not None and self._signatures.as_in(manifest, shard)

    def _linked(self, files: Iterable[str]) -> Listing:
        known = self._live.files
        wanted = {file: known[file] for file in files if file in known}
        return link(self._out, self._folder, wanted)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    folder.chmod(0o755)
