"""An answer told again at a glance, where nothing changed since it was given.

The command that gave it ran in full; what is kept is what it said, under what it was asked, with all that
it looked at. Asked the same again, the same is looked at again: only where all of it is as it was are the
same words said. Whatever differs, is damaged, or cannot be told, is left to the full command.

Like `sight.py`, this imports next to nothing.
"""

import marshal
import os
import sys
from binascii import crc32

from xiangji import calendar
from xiangji.adapters.sight import CACHE, Sight, Unsure, same_programs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_FORM = 1
_PLAIN = 2
"""The last form of `marshal` in which equal values give equal bytes. That of another Python may differ, and
then the answer is another Python's too."""

_DECIDING = ("GIT_", "LANG", "LC_", "PYTHON", "SOURCE_DATE_EPOCH", "XIANGJI_")
"""How names of variables of the environment begin that a command or its Git may ask for."""


class Question:
    """What a command was asked: its words, where, when, and in which environment."""

    __slots__ = ("config", "key", "words")

    def __init__(self, words: "Sequence[str]", moment: float) -> None:
        self.words = list(words)
        self.config = _config(self.words)
        environment = sorted(i for i in os.environ.items() if i[0].startswith(_DECIDING))
        day = calendar.day_number(moment)
        place = os.getcwd()  # noqa: PTH109 (pathlib takes too long, here and below)
        self.key = repr((_FORM, sys.flags, sys.path, self.words, place, environment, day))

    @property
    def file(self) -> str:
        """Where its answer is kept. Several questions may share a file; the last one asked has it."""
        name = f"{crc32(repr((self.words, sys.path)).encode('utf-8', 'surrogateescape')):08x}"
        return os.path.join(os.path.dirname(self.config), CACHE, "glance", name)  # noqa: PTH118, PTH120


class Answer:
    """What was said to standard output and standard error, and the exit status."""

    __slots__ = ("error", "output", "status")

    def __init__(self, output: str, error: str, status: int) -> None:
        self.output = output
        self.error = error
        self.status = status


def asked(words: "Sequence[str]", moment: float) -> Question | None:
    """The question that these words are here, at a moment in seconds since the epoch; None where there is
    no here."""
    try:
        return Question(words, moment)
    except OSError:
        return None


def told_again(question: Question | None) -> int | None:
    """Give an answer that was given before and still holds. Returns the exit status, or None where the
    command has to run."""
    answer = remembered(question) if question else None
    if answer is None:
        return None
    in_utf8()
    for stream, text in ((sys.stdout, answer.output), (sys.stderr, answer.error)):
        try:
            if text and stream:
                stream.write(text)
                stream.flush()
        except OSError:
            # Nobody listens any more: what is left goes nowhere, and the command says so.
            drop(stream)
            return 1
    return answer.status


def remembered(question: Question) -> Answer | None:
    """The answer to a question that was asked before, if it would be the same now."""
    try:
        with open(question.file, "rb") as file:  # noqa: PTH123
            raw = file.read()
        if crc32(raw[4:]) != int.from_bytes(raw[:4]):
            return None
        key, asked, seen, loaded, answer = marshal.loads(raw[4:])
        if key != question.key or asked[0] != question.config:
            return None
        if not same_programs(loaded) or seen != _plain(Sight(*asked)):
            return None
    except (OSError, Unsure, ValueError, EOFError, TypeError):
        return None
    return Answer(*answer)


def remember(
    question: Question, answer: Answer, sight: Sight, loaded: "Sequence[Sequence[Any]]"
) -> None:
    """Keep an answer that was given by what stood in `sight` and by the programs that were `loaded`."""
    # What a terminal shows otherwise than a file is told anew.
    if not sight.settled or "\x1b" in answer.output + answer.error:
        return
    told = answer.output, answer.error, answer.status
    programs = [list(each) for each in loaded]
    content = marshal.dumps((question.key, sight.asked, _plain(sight), programs, told), _PLAIN)
    part = f"{question.file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(part), exist_ok=True)  # noqa: PTH103, PTH120
        with open(part, "wb") as file:  # noqa: PTH123
            file.write(crc32(content).to_bytes(4) + content)
        os.replace(part, question.file)  # noqa: PTH105
    except OSError:
        return  # A cache that cannot be written is no reason to stop.


def drop(stream: "Any") -> None:
    """Let what a stream still holds go nowhere, so that nothing fails by it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def in_utf8() -> None:
    """Have both streams speak UTF-8: a Windows console may still be set to a code page without the
    characters we print."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _plain(sight: Sight) -> bytes:
    return marshal.dumps(sight.everything(), _PLAIN)


def _config(words: "Sequence[str]") -> str:
    """The real path of the configuration that a command was given, or of that in this folder. Where it
    is read wrongly here, nothing was kept by that name."""
    given = "mkdocs.yml"
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in ("--config", "-f"):
            given = following
        elif word.startswith("--config="):
            given = word[9:]
    return os.path.realpath(given)
