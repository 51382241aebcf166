"""Git asked for plain facts: which commits touched some files, and what these held.

Whatever a user or a repository has configured, the answer is the same: no pager, no external diff,
no signature program, no network. Only `first_tracked` looks into the index. Paths travel between NULs, so a file may be
called anything. Every call ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

_LONGEST = 60
"""Seconds for one call."""

_MARK = "\x01commit"
_FORMAT = "%x01commit%x00%H%x00%P%x00%at%x00%an%x00%ae%x00"
_SETTINGS = (
    "safe.directory=*",  # A village on a shared or a mounted disk belongs to somebody else.
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
    """There is no Git program, or it could not answer."""


class NoRepository(Exception):
    """The folder is not in a work tree, or nothing was ever saved in it."""


class FileTouch(Struct, frozen=True):
    """One file in one commit: its contents (blob ids) in each parent, and now; None for no file."""

    path: str
    before: tuple[str | None, ...]
    after: str | None


class Commit(Struct, frozen=True):
    """A commit. `on` is the author's day in China, None where no calendar has it."""

    parents: tuple[str, ...]
    on: date | None
    author: str
    address: str
    touches: tuple[FileTouch, ...]


class Repository(Struct, frozen=True):
    """The work tree that a village lies in. Paths are relative to the village."""

    program: str
    root: Path
    prefix: str
    shallow: bool

    def commits(self, paths: Iterable[str]) -> list[Commit]:
        """The commits that led to what these files and folders hold, newest first.

        A branch that was given up in a merge is not among them; a merge names only what it holds
        differently from each of its parents.
        """
        options = ("-z", "--raw", "-c", "--no-abbrev", "--no-renames", "--topo-order")
        plain = ("--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--no-color")
        said = self._ask("log", *options, *plain, f"--format={_FORMAT}", "--", *self._own(paths))
        return list(_commits(said, self.prefix))

    def revision(self, name: str) -> str | None:
        """The commit that a name stands for; None if there is none, or this copy does not hold it."""
        words = ("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not name or name.startswith("-") or "\0" in name:  # Not to be taken for an option.
            return None
        done = _run(self.program, self.root, words)
        return _text(done.stdout).strip() if done.returncode == 0 else None

    def now(self, paths: Iterable[str], commit: str = "HEAD") -> dict[str, str]:
        """The blob ids of these files, and of all below these folders, in the latest commit or in
        another one."""
        said = self._ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._own(paths))
        found = {}
        for entry in filter(None, _text(said).split("\0")):
            facts, _, path = entry.partition("\t")
            found[path.removeprefix(self.prefix)] = facts.split(" ")[2]
        return found

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """The size of each blob in bytes; what is missing or no blob is not there."""
        said = _text(self._ask("cat-file", "--batch-check", given=_lines(ids)))
        rows = [line.split(" ") for line in said.splitlines()]
        return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[1] == "blob"}

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of each blob."""
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
        """Paths as the repository names them: `:/` would be a pattern, so they are literal."""
        return [self.prefix + path for path in paths]

    def _ask(self, *words: str, given: bytes = b"") -> bytes:
        done = _run(self.program, self.top, words, given)
        if done.returncode:
            raise GitUnreadable
        return done.stdout

    @property
    def top(self) -> Path:
        """The work tree's own folder: paths on a command line start there."""
        return self.root.joinpath(*[".."] * self.prefix.count("/"))


def repository_of(root: Path) -> Repository:
    """The repository that the folder `root` lies in. Raises `NoRepository` or `GitUnreadable`."""
    program = shutil.which("git")
    # On some systems a search begins in the folder one stands in; a village brings no programs.
    if program is None or Path(program).resolve().is_relative_to(root.resolve()):
        raise GitUnreadable
    asked = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
    done = _run(program, root, asked)
    inside, _, rest = _text(done.stdout).partition("\n")
    if done.returncode or inside != "true":
        raise NoRepository
    shallow, _, prefix = rest.partition("\n")
    if _run(program, root, ("rev-parse", "--verify", "--quiet", "HEAD^{commit}")).returncode:
        raise NoRepository
    return Repository(program, root, prefix.removesuffix("\n"), shallow == "true")


def first_tracked(root: Path, path: str) -> str | None:
    """The first file that Git keeps at or below a path of the folder `root`, saved or about to be; None for none, and
    where no repository is. Raises `GitUnreadable`."""
    program = shutil.which("git")
    if not any(os.path.lexists(each / ".git") for each in (root, *root.parents)):
        return None
    if program is None or Path(program).resolve().is_relative_to(root.resolve()):
        raise GitUnreadable
    done = _run(program, root, ("ls-files", "-z", "--", path))
    if done.returncode:
        raise GitUnreadable
    return _text(done.stdout).partition("\0")[0] or None


def _run(
    program: str, folder: Path, words: Iterable[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
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
    """A word of a command line: on POSIX the bytes that Git named, whatever the locale."""
    return text.encode("utf-8", "surrogateescape") if os.name == "posix" else text


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment without what a hook or a user tells Git: `GIT_DIR` of another repository."""
    stays = ("GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
    kept = {k: v for k, v in inherited.items() if not k.startswith("GIT_") or k in stays}
    return {**kept, **_ENVIRONMENT}


def _commits(said: bytes, prefix: str) -> Iterator[Commit]:
    """What `git log -z --raw -c` says: a head of six fields, then entry and path by turns."""
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
    """`:mode mode blob blob M`, or with as many more colons, modes and blobs as there are parents."""
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
    """Names on disk may be any bytes; the same come back when they are asked for."""
    return said.decode("utf-8", "surrogateescape")


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{each}\n" for each in ids).encode()
