"""Signed notes (C2SP signed-note, `standards.md` §7.4): a text with Ed25519 signatures below it.

A key is one line of text. The private one stays with whoever signs; the public one is what others check with. The
package `cryptography` is imported late, since few villages sign anything.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from hashlib import sha256

from msgspec import Struct

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_DASH = "— "
_SEED = 32
_MOST = 16
"""How many signatures are looked at."""


class BadKey(ValueError):
    """A text is no key of a signed note."""


class BadSignature(ValueError):
    """A note has no good signature of the key that it is checked with, or is no signed note."""


class PublicKey(Struct, frozen=True):
    """A key to check with: who signs by it, and its bytes."""

    name: str
    raw: bytes

    @property
    def identifier(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.identifier.hex()}+{b64encode(_ED25519 + self.raw).decode()}"


class PrivateKey(Struct, frozen=True):
    """A key to sign with."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The key to check with."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        made = Ed25519PrivateKey.from_private_bytes(self.seed)
        return PublicKey(self.name, made.public_key().public_bytes_raw())

    def text(self) -> str:
        """The key as its file holds it. It is no `__str__`, so that no message shows it by mistake."""
        inner = b64encode(_ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.public.identifier.hex()}+{inner}\n"

    def __repr__(self) -> str:
        return f"PrivateKey({self.name!r})"


def key_name(text: str) -> str:
    """A text as the name of a key, which holds no blank and no plus sign."""
    return "".join(each for each in text if not each.isspace() and each != "+") or "xiangji"


def private_key(text: str) -> PrivateKey:
    """The key in the text of its file. Raises `BadKey`."""
    given = text.strip()
    name, seed, written = _parts(given.removeprefix(_PRIVATE))
    key = PrivateKey(name, seed)
    if not given.startswith(_PRIVATE) or key.public.identifier.hex() != written:
        raise BadKey
    return key


def public_key(text: str) -> PublicKey:
    """The key to check with. Raises `BadKey`."""
    name, raw, written = _parts(text.strip())
    key = PublicKey(name, raw)
    if key.identifier.hex() != written:
        raise BadKey
    return key


def _parts(text: str) -> tuple[str, bytes, str]:
    """Name, bytes and written identifier of a key. The last part may hold plus signs itself."""
    name, _, rest = text.partition("+")
    written, _, inner = rest.partition("+")
    try:
        decoded = b64decode(inner, validate=True)
    except (binascii.Error, ValueError):
        raise BadKey from None
    if not name or key_name(name) != name or decoded[:1] != _ED25519 or len(decoded) != _SEED + 1:
        raise BadKey
    return name, decoded[1:], written


def sign(text: str, key: PrivateKey) -> str:
    """The signed note of a text. The text ends with a line break and holds no other control character."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not text.endswith("\n") or any(each < " " and each != "\n" for each in text):
        raise ValueError(text)
    signature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(text.encode())
    line = b64encode(key.public.identifier + signature).decode()
    return f"{text}\n{_DASH}{key.name} {line}\n"


def signed_text(note: str, key: PublicKey) -> str:
    """The text of a signed note, if the key signed it. Raises `BadSignature`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text, found, below = note.rpartition("\n\n")
    if not found or not below.endswith("\n"):
        raise BadSignature
    text, good = f"{text}\n", False
    for line in below.removesuffix("\n").split("\n")[:_MOST]:
        signature = _signature(line, key)
        if signature is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text.encode())
        except InvalidSignature:
            raise BadSignature from None
        good = True
    if not good:
        raise BadSignature
    return text


def _signature(line: str, key: PublicKey) -> bytes | None:
    """The signature in a line, if it is of this key; None if it is of another."""
    name, found, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not found:
        raise BadSignature
    try:
        decoded = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadSignature from None
    if name != key.name or decoded[:4] != key.identifier:
        return None
    return decoded[4:]
