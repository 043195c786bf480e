"""What was erased: a register that names nobody, and the search for traces of it.

Of an erased comment nothing is kept but fingerprints (HMAC-SHA-256, RFC 2104) under a key of the site's own: of its id,
of its author's name where somebody asked for all of theirs, of its words, and of every eight words in a row. With them
a later capture is kept from bringing it back, and what stands on the disk can be looked through.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.check.embargo import PHRASE, Words, read_words, split_words
from sitegen.errors import ContentError, Span, error
from sitegen.parse.comment_format import CommentRecord
from sitegen.parse.html_tokens import resolve_references, scan_html

REGISTER_FILE = "erasures.lock"
"""Name of the register, at the root of the site."""
KEY_FILE = "erasures.key"
"""Name of the file with the key, beside it."""
CODE = "erasure"

_HEADER = "# Fingerprints of what `sitegen comments erase` took away; they name nobody. Commit this file.\n"
_LINE = re.compile(r"(id|author|text|phrase) ([0-9a-f]{64})")
_KEY = re.compile(r"[0-9a-f]{64}")
_SHORTEST = 4
"""A text of fewer words is nobody's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was erased, as fingerprints."""

    key: bytes
    """The key under which they were made."""
    marks: frozenset[str] = frozenset()
    """Kind and fingerprint: `id 3f…`, `author …`, `text …`, `phrase …`."""


def read_register(text: str, key: str) -> Register:
    """Return what both files say; raises ContentError with the lines that cannot be read."""
    if not _KEY.fullmatch(key.strip()):
        raise ContentError([error(CODE, "is no key", KEY_FILE, hint="take it from a backup; a new one knows nothing")])
    problems = [
        error(CODE, "is no line of this file", REGISTER_FILE, Span(line=number), "after a merge keep the lines of both")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#") and not _LINE.fullmatch(line.strip())
    ]
    if problems:
        raise ContentError(problems)
    return Register(key=bytes.fromhex(key.strip()), marks=frozenset(match[0] for match in _LINE.finditer(text)))


def write_register(register: Register) -> str:
    """Return the text of the file with the fingerprints."""
    return _HEADER + "".join(f"{mark}\n" for mark in sorted(register.marks))


def mark_comment(key: bytes, comment: CommentRecord) -> frozenset[str]:
    """Return the fingerprints of one comment, whoever wrote it."""
    words = _read_words(comment)
    marks = {_mark(key, "id", comment.id)}
    if len(words) >= _SHORTEST:
        marks.add(_mark(key, "text", " ".join(words)))
    runs = (words[start : start + PHRASE] for start in range(0, len(words) - PHRASE + 1, PHRASE))
    return frozenset(marks | {_mark(key, "phrase", " ".join(run)) for run in runs})


def mark_author(key: bytes, name: str) -> str:
    """Return the fingerprint of a displayed name."""
    return _mark(key, "author", fold_name(name))


def fold_name(name: str) -> str:
    """Return a displayed name as names are compared: without case, and with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_erased(register: Register, comment: CommentRecord) -> bool:
    """Whether a comment was erased here: by its id, by its author's name, or by its words under another id."""
    name = comment.author.name if comment.author else None
    marks = {_mark(register.key, "id", comment.id)}
    if name:
        marks.add(mark_author(register.key, name))
    words = _read_words(comment)
    if len(words) >= _SHORTEST:
        marks.add(_mark(register.key, "text", " ".join(words)))
    return not register.marks.isdisjoint(marks)


def find_remains(register: Register, path: str, data: bytes) -> bool:
    """Whether the file `data` at `path` holds eight words in a row of something that was erased."""
    phrases = {mark for mark in register.marks if mark.startswith("phrase ")}
    words = read_words(path, data)
    return any(_mark(register.key, "phrase", " ".join(run)) in phrases for run in _windows(words)) if phrases else False


def holds_name(path: str, data: bytes, name: str) -> bool:
    """Whether the file `data` at `path` holds a name, word for word."""
    wanted, words = split_words(name), read_words(path, data)
    return bool(wanted) and any(
        words[start : start + len(wanted)] == wanted for start, word in enumerate(words) if word == wanted[0]
    )


def _windows(words: Words) -> Iterable[Words]:
    return (words[start : start + PHRASE] for start in range(len(words) - PHRASE + 1))


def _read_words(comment: CommentRecord) -> Words:
    if comment.body.format == "text":
        return split_words(comment.body.text)
    return split_words(" ".join(_read_texts(comment.body.text)))


def _read_texts(html: str) -> Iterator[str]:
    return (resolve_references(token.text) for token in scan_html(html) if token.kind == "text")


def _mark(key: bytes, kind: str, text: str) -> str:
    return f"{kind} {hmac.digest(key, f'{kind}:{text}'.encode(), 'sha256').hex()}"
