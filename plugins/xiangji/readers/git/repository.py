"""Calls Git for commits that touched files, and for the contents of these files.

The result does not depend on the configuration of the user or the repository: no pager, external diff, signature
program or network is used. Only `first_tracked` reads the index. Paths are separated by NUL, so that file names may
contain any character. Each call has a timeout.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import subprocess

_LONGEST = 60
"""The timeout of one call in seconds."""

_MARK = "\x01commit"
_FORMAT = "%x01commit%x00%H%x00%P%x00%at%x00%an%x00%ae%x00"
_SETTINGS = (
    "safe.directory=*",  # A village on a shared or mounted disk may have another owner.
    "core.quotepath=off",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "diff.relative=false",
)
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_CHINA = timedelta(hours=8)


class GitUnreadable(Exception):
    """Raised if there is no Git program, or if a call fails."""


class NoRepository(Exception):
    """Raised if the folder is not in a work tree, or if there is no commit."""


class FileTouch(Struct, frozen=True):
    """A file in a commit: its blob id in each parent and in the commit. None if the file does not exist there."""

    path: str
    before: tuple[str | None, ...]
    after: str | None


class Commit(Struct, frozen=True):
    """A commit. `on` is the author date in China's time zone, or None if it is out of range."""

    parents: tuple[str, ...]
    on: date | None
    author: str
    address: str
    touches: tuple[FileTouch, ...]


class Repository(Struct, frozen=True):
    """The work tree that contains a village. All paths are relative to the village."""

    program: str
    root: Path
    prefix: str
    shallow: bool

    def commits(self, paths: Iterable[str]) -> list[Commit]:
        """The commits that led to the present contents of these files and folders, newest first.

        Commits of a branch whose changes a merge discarded are left out. A merge lists only files that differ from all
        its parents. Raises `GitUnreadable`, as all methods do that call Git except `revision` for an unknown name.
        """
        options = ("-z", "--raw", "-c", "--no-abbrev", "--no-renames", "--topo-order")
        plain = ("--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--no-color")
        said = self._ask("log", *options, *plain, f"--format={_FORMAT}", "--", *self._own(paths))
        return list(_commits(said, self.prefix))

    def revision(self, name: str) -> str | None:
        """The id of the commit with a name. None if there is none, or if this clone does not have it."""
        words = ("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not name or name.startswith("-") or "\0" in name:  # It could be taken for an option.
            return None
        done = _run(self.program, self.root, words)
        return _text(done.stdout).strip() if done.returncode == 0 else None

    def now(self, paths: Iterable[str], commit: str = "HEAD") -> dict[str, str]:
        """The blob ids of these files, and of all files below these folders, in `commit`, by path."""
        said = self._ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._own(paths))
        found = {}
        for entry in filter(None, _text(said).split("\0")):
            facts, _, path = entry.partition("\t")
            found[path.removeprefix(self.prefix)] = facts.split(" ")[2]
        return found

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """The size of each blob in bytes. Ids that are missing or no blobs are left out."""
        said = _text(self._ask("cat-file", "--batch-check", given=_lines(ids)))
        rows = [line.split(" ") for line in said.splitlines()]
        return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[1] == "blob"}

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of each blob by id. Missing ones are left out."""
        said = self._ask("cat-file", "--batch", given=_lines(ids))
        found = {}
        at = 0
        while at < len(said):
            end = said.index(b"\n", at)
            row = said[at:end].split(b" ")
            at = end + 1
            if len(row) == 3:
                size = int(row[2])
                found[row[0].decode()] = said[at : at + size]
                at += size + 1
        return found

    def _own(self, paths: Iterable[str]) -> list[str]:
        """Paths relative to the top of the repository. `:/` is not used, because pathspecs are literal."""
        return [self.prefix + path for path in paths]

    def _ask(self, *words: str, given: bytes = b"") -> bytes:
        done = _run(self.program, self.top, words, given)
        if done.returncode:
            raise GitUnreadable
        return done.stdout

    @property
    def top(self) -> Path:
        """The top folder of the work tree. Git runs there."""
        return self.root.joinpath(*[".."] * self.prefix.count("/"))


def repository_of(root: Path) -> Repository:
    """The repository that contains the folder `root`.

    Raises `NoRepository` if there is none or it has no commit, and `GitUnreadable` if there is no Git program.
    """
    if not _may_be_inside(root):
        raise NoRepository
    program = _git(root)
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix", "HEAD^{commit}")
    done = _run(program, root, ("rev-parse", *asked))
    inside, _, rest = _text(done.stdout).partition("\n")
    if done.returncode or inside != "true":
        raise NoRepository
    shallow, _, rest = rest.partition("\n")
    prefix, _, _ = rest.rpartition("\n")[0].rpartition("\n")
    return Repository(program, root, prefix, shallow == "true")


def first_tracked(root: Path, path: str) -> str | None:
    """The first file in the index of Git at or below a path of the folder `root`.

    None if there is none, or no repository. Raises `GitUnreadable` if Git cannot be called.
    """
    if not _may_be_inside(root):
        return None
    done = _run(_git(root), root, ("ls-files", "-z", "--", path))
    if done.returncode:
        raise GitUnreadable
    return _text(done.stdout).partition("\0")[0] or None


def _may_be_inside(root: Path) -> bool:
    """Whether Git has to be asked. Starting it takes long, and most villages are in no repository."""
    root = root.resolve()
    return any(os.path.lexists(each / ".git") for each in (root, *root.parents))


def _git(root: Path) -> str:
    """The Git program. Raises `GitUnreadable` if there is none.

    Some systems search programs in the current folder first. A program inside the village must not run.
    """
    program = shutil.which("git")
    if program is None or Path(program).resolve().is_relative_to(root.resolve()):
        raise GitUnreadable
    return program


def _run(
    program: str, folder: Path, words: Iterable[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    import subprocess  # Imported late, because not every village is a repository.

    settings = [word for each in _SETTINGS for word in ("-c", each)]
    command = [program, "--no-pager", "--literal-pathspecs", *settings, *words]
    try:
        return subprocess.run(
            [_word(each) for each in command],
            cwd=folder,
            env=_environment(os.environ),
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitUnreadable from error


def _word(text: str) -> str | bytes:
    """An argument of a command line. On POSIX it has the bytes that Git printed, whatever the locale."""
    return text.encode("utf-8", "surrogateescape") if os.name == "posix" else text


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment without Git's variables, because a hook may set `GIT_DIR` of another repository."""
    stays = ("GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
    kept = {k: v for k, v in inherited.items() if not k.startswith("GIT_") or k in stays}
    return {**kept, **_ENVIRONMENT}


def _commits(said: bytes, prefix: str) -> Iterator[Commit]:
    """Parse the output of `git log -z --raw -c`: a head of six fields, then entries and paths alternately."""
    tokens = iter(_text(said).split("\0"))
    head: list[str] = []
    touches: list[FileTouch] = []
    for token in tokens:
        plain = token.lstrip("\n")
        if plain == _MARK:
            if head:
                yield _commit(head, touches)
            head, touches = [next(tokens) for _ in range(5)], []
        elif plain.startswith(":"):
            path = next(tokens)
            if path.startswith(prefix):
                touches.append(_touch(plain, path.removeprefix(prefix)))
    if head:
        yield _commit(head, touches)


def _touch(entry: str, path: str) -> FileTouch:
    """Parse `:mode mode blob blob M`. A merge has one colon, mode and blob more for each further parent."""
    parents = len(entry) - len(entry.lstrip(":"))
    ids = [_blob(each) for each in entry.split(" ")[parents + 1 : 2 * parents + 2]]
    return FileTouch(path, tuple(ids[:-1]), ids[-1])


def _blob(text: str) -> str | None:
    return text if text.strip("0") else None


def _commit(head: list[str], touches: list[FileTouch]) -> Commit:
    _, parents, seconds, author, address = head
    return Commit(tuple(parents.split()), _day(seconds), author, address, tuple(touches))


def _day(seconds: str) -> date | None:
    try:
        return (datetime(1970, 1, 1) + timedelta(seconds=int(seconds)) + _CHINA).date()
    except (ValueError, OverflowError):
        return None


def _text(said: bytes) -> str:
    """Decode output with surrogate escapes, so that file names of any bytes can be passed to Git again."""
    return said.decode("utf-8", "surrogateescape")


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{each}\n" for each in ids).encode()
