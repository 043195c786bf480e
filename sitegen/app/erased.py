"""The register of what was erased, on the disk."""

import secrets
from collections.abc import Callable
from pathlib import Path

from sitegen.check.erasure import KEY_FILE, REGISTER_FILE, Register, is_erased, read_register
from sitegen.errors import UsageError
from sitegen.parse.comment_format import CommentRecord
from sitegen.storage.files import read_bytes
from sitegen.storage.installing import Installation

_KEY_BYTES = 32


def load_erased(root: Path) -> Callable[[CommentRecord], bool]:
    """Return what tells whether a comment was erased from the site at `root`.

    Raises UsageError where the key is missing, and ContentError for lines that cannot be read.
    """
    register = load_register(root)
    if register is None:
        return lambda _: False
    return lambda comment: is_erased(register, comment)


def load_register(root: Path) -> Register | None:
    """Return the register of the site at `root`; None where nothing was erased. Raises as `load_erased` does."""
    register, key = root / REGISTER_FILE, root / KEY_FILE
    if not register.is_file():
        return None
    return _read(read_bytes(register), read_bytes(key) if key.is_file() else None)


def open_register(installation: Installation) -> Register:
    """Return the register of a site, or a new one with a key of its own. Raises as `load_erased` does."""
    text, key = installation.read(REGISTER_FILE), installation.read(KEY_FILE)
    return Register(key=secrets.token_bytes(_KEY_BYTES)) if text is None and key is None else _read(text or b"", key)


def _read(text: bytes, key: bytes | None) -> Register:
    if key is None:
        hint = "take it from a backup: without it what was erased would come back"
        raise UsageError(f"{REGISTER_FILE} needs {KEY_FILE}, which is not there", hint)
    return read_register(text.decode("utf-8", "replace"), key.decode("utf-8", "replace"))
