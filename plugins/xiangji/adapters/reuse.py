"""What a new site takes over from earlier ones, so that only what differs is made and written.

There are two to take from. The site that stands at the place, `live`, is what people read: nothing in it is
touched, its files get a second name by hard links. The one before it is kept as a spare. It becomes the new
site: what differs is put into it, and the two change places. So nothing is linked, and nothing removed, for
the files that stay.

The two share files, so none is ever written into: a new one takes its place. A spare is believed where it
holds exactly what its ledger says, names, sizes and times of all of it; else it goes, and the new
site begins with links to the live one. A build takes the spare out of the cache before it changes
anything in it, so one that is killed leaves none.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xiangji.adapters.files import make_folder, write_bytes
from xiangji.adapters.ledger import Ledger, keep_spare, open_spare
from xiangji.adapters.listing import Listing, link, listed, prune, stamps
from xiangji.cache import Cache
from xiangji.pages.output import Shard


class Reuse:
    """The files of the sites at one place that may stand in the next one there.

    Used in this order: `begin`, then `put` and `has` for each file and shard, then `end`."""

    def __init__(
        self, cache: Cache, out: Path, live: Ledger | None, made_of: Mapping[str, str]
    ) -> None:
        self._cache, self._out, self._made_of = cache, out, made_of
        self._live = live or Ledger()
        self._base = self._live
        self._folder = Path()
        self._there: Listing = {}
        self._written: set[str] = set()
        self._promised: set[str] = set()
        self.files: Listing = {}
        """All files of the new site, as they were when it was whole."""
        self.pages: dict[str, str] = {}
        """Digests of those that belong to no shard."""

    @property
    def spare(self) -> Path | None:
        """Where the spare lies."""
        return self._cache.place(str(self._out.resolve()))

    def begin(self, folder: Path, shards: Sequence[Shard], others: Iterable[str]) -> None:
        """Begin a site of these shards and other files in `folder`, which holds the spare or nothing:
        afterwards it holds nothing that the new site does not."""
        self._folder = folder
        self._promised = {file.uri for shard in shards for file in shard.files}
        wanted = self._promised.union(others)
        there = listed(folder)
        spare = open_spare(self._cache, self._out) if there else None
        if spare is not None and spare.files == there:
            self._base = replace(spare, files={})  # Of a large village, once is enough.
            unwanted = [path for path in there if path not in wanted]
            prune(folder, unwanted)
            for path in unwanted:
                del there[path]
            self._there = there
        else:
            if there:
                _empty(folder)
            alike = (shard for shard in shards if self._as_in(self._live, shard))
            staying = {file.uri for shard in alike for file in shard.files}
            staying.update(path for path in self._live.pages if path in wanted)
            self._there = self._linked(path for path in self._live.files if path in staying)
        keep_spare(self._cache, self._out)

    def has(self, shard: Shard) -> bool:
        """Whether the files of a shard are in the folder as they would be made; if not, they are going
        to be made."""
        files = [file.uri for file in shard.files]
        if self._as_in(self._base, shard) and self._there.keys() >= set(files):
            return True
        if self._base is not self._live and self._as_in(self._live, shard):
            found = self._linked(files)
            self._there.update(found)
            if len(found) == len(files):
                return True
        self._written.update(files)
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

    def _stands(self, file: str, told: hashlib._Hash) -> bool:
        """Whether a file with this digest stands in the folder, or does now."""
        digest = told.hexdigest()[:32]
        above = file in self.pages or file in self._promised
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
        self.files = self._there | stamps(self._folder, self._written)

    def made_of(self, shard: Shard) -> str:
        """What a shard of the new site is made of; nothing that is ever made of anything, where another
        file lies above one of its own."""
        covered = any(file.uri in self.pages for file in shard.files)
        return "" if covered else self._made_of[shard.key]

    def _as_in(self, ledger: Ledger, shard: Shard) -> bool:
        """Whether a shard would come out as it did."""
        made_of = self._made_of.get(shard.key)
        return made_of is not None and ledger.shards.get(shard.key) == made_of

    def _linked(self, files: Iterable[str]) -> Listing:
        known = self._live.files
        wanted = {file: known[file] for file in files if file in known}
        return link(self._out, self._folder, wanted)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    folder.chmod(0o755)
