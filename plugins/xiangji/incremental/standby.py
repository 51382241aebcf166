"""The standby: the site before the last one, which the next build changes and then exchanges with the live site.

A build can take files from two earlier sites. The live site is what people read. Nothing in it is changed; the new
site gets its files by hard links. The site before it is kept as the standby. It becomes the new site: only what
differs is written into it, and then the two folders are exchanged. So nothing has to be linked or removed for
unchanged files.

The two sites share files, so a build never writes into a file that both have (`output.files`): a new file replaces
it. A standby is used only if it contains all files of its manifest with the same names, sizes and times. Otherwise it
is emptied, and the new site begins with links to the live one. Other files in the standby were put into the site by
somebody; the live site still has them (`output.foreign_files`), so they are removed here. A build moves the standby
out of the cache before it changes anything, so a build that is killed leaves none.
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
    """The files of earlier sites at one place that the next site there may take over.

    Call `begin`, then `put`, `copy` and `has` for each file and shard, then `end`. In a large village, file names
    take more memory than all else, so they are computed again instead of being kept.
    """

    def __init__(
        self, cache: Cache, out: Path, live: BuildManifest | None, signatures: Signatures | None
    ) -> None:
        self._cache, self._out, self._signatures = cache, out, signatures
        self._live = live or BuildManifest()
        self._base = self._live
        self._folder = Path()
        self._there: Listing = {}
        self._written: set[str] = set()
        """Written files that belong to no shard."""
        self._made: dict[str, bytes] = {}
        """By key of a shard that was made: its files with digests, as a packed listing."""
        self._asked: dict[str, list[str]] = {}
        """By key of a shard that was made: the questions that it asked."""
        self._kept: dict[str, Made] = {}
        """By key of a shard that is unchanged: its signature and questions."""
        self._replaced: set[str] = set()
        """Files of shards that are replaced by a file of no shard with the same path."""
        self._last = b""
        """The files that were written and belong to no shard, as the text of a listing."""
        self.pages: dict[str, str] = {}
        """Digests of the files that belong to no shard, by path."""

    @property
    def spare(self) -> Path | None:
        """The folder of the standby; None without a cache folder."""
        return self._cache.place(str(self._out.resolve()))

    def begin(self, folder: Path, shards: Sequence[Shard], others: Sequence[str]) -> None:
        """Begin a site of these shards and other files in `folder`, which contains the standby or is empty.

        Afterwards the folder contains no file that the new site will not have.
        """
        self._folder = folder
        there = listed(folder)
        spare = open_standby(self._cache, self._out) if there else None
        # Additional files were put into the site by somebody. The live site has them too.
        if spare is not None and spare.files.items() <= there.items():
            self._base = replace(
                spare, files={}
            )  # In a large village, one copy of the file names in memory is enough.
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
        self._replaced = {uri for shard in shards for uri in shard.uris if uri in names}

    def has(self, shard: Shard) -> bool:
        """Whether the files of a shard are in the folder as they would be made. If not, the caller makes them."""
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
        """Write a file of no shard into the folder, unless it is there.

        It replaces a shard's file with the same path.
        """
        if not self._is_there(file, hashlib.sha256(content)):
            write_bytes(self._prepared(file), content)

    def copy(self, file: str, source: Path) -> None:
        """The same as `put`, with the content of another file, however large."""
        with source.open("rb") as opened:
            told = hashlib.file_digest(opened, "sha256")
        if not self._is_there(file, told):
            target = Path(self._prepared(file))
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """Record that a shard was made: its files as a packed listing, and the questions that it asked."""
        self._made[shard.key] = files
        self._asked[shard.key] = asked

    def _is_there(self, file: str, told: hashlib._Hash) -> bool:
        """Whether a file with this digest is in the folder already, or could be linked now."""
        digest = told.hexdigest()[:32]
        above = file in self.pages or file in self._replaced
        self.pages[file] = digest
        if above:
            return False
        if self._base.pages.get(file) == digest and file in self._there:
            return True
        found = self._linked([file]) if self._live.pages.get(file) == digest else {}
        self._there.update(found)
        return bool(found)

    def _prepared(self, file: str) -> str:
        """The full path of a file that is about to be written. Its folder is created."""
        self._written.add(file)
        target = f"{self._folder}/{file}"
        make_folder(target.rpartition("/")[0])
        return target

    def end(self) -> None:
        """Record sizes and times after all files are written."""
        self._last = text_of(stamps(self._folder, self._written.intersection(self.pages)))

    def files(self, shards: Iterable[Shard]) -> Iterator[bytes]:
        """All files of the new site, as texts of listings (`text_of`), one after another."""
        for shard in shards:
            made = self._made.get(shard.key)
            yield self._unwritten(shard.uris) if made is None else without_digests(unpacked(made))
        yield self._unwritten(self.pages.keys() - self._written)
        yield self._last  # If a path is there twice, the later one counts.

    def told(self, shards: Iterable[Shard]) -> Iterator[dict[str, str]]:
        """All files by path, each once. Those that were written or read in this build have their digest."""
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
        """The listing of files that were not written, as text."""
        return text_of({file: self._there[file] for file in files})

    def made_of(self, shard: Shard) -> Made:
        """Signature and questions of a shard of the new site.

        The signature is empty if another file replaces one of its own, so that the next build makes the shard again.
        """
        if self._signatures is None or (
            self._replaced and not self._replaced.isdisjoint(shard.uris)
        ):
            return "", []
        kept = self._kept.get(shard.key)
        if kept is not None:
            return kept
        asked = self._asked.get(shard.key, [])
        return self._signatures.of(shard, asked) if asked else "", asked

    def _as_in(self, manifest: BuildManifest, shard: Shard) -> bool:
        """Whether a shard would come out the same as in the build of this manifest."""
        return self._signatures is not None and self._signatures.as_in(manifest, shard)

    def _linked(self, files: Iterable[str]) -> Listing:
        known = self._live.files
        wanted = {file: known[file] for file in files if file in known}
        return link(self._out, self._folder, wanted)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    folder.chmod(0o755)
