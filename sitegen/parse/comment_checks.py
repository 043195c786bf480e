"""Snapshots that are not of the format: everything that is wrong with one, at its place, in words."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError
from sitegen.parse.comment_findings import Findings
from sitegen.parse.comment_format import TALLIES, SnapshotFile, find_record, list_keys
from sitegen.parse.comment_records import WrittenSnapshot
from sitegen.parse.json_source import load_json
from sitegen.parse.key_names import find_near
from sitegen.parse.places import Path
from sitegen.parse.plain_words import describe_finding

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_PERSONAL_WORDS = (
    "addr agent authoremail authorip browser email emails emailhash gravatar hostname ip ipaddress ips mail password "
    "phone remoteaddr useragent useremail userip voters"
)
_PERSONAL = frozenset(_PERSONAL_WORDS.split())
_PHRASES: Mapping[str, str] = {"string_pattern_mismatch": "must not hold spaces or control characters"}
_ALSO_TEXT = frozenset({"published", "at", "body"})
_HINTS: Mapping[str, str] = {
    "status": "comments that were not published are no part of a snapshot; count them under `withheld`",
    "id": 'put it in quotes, with a prefix for the platform: "wp-901"',
    "parent": 'put it in quotes, as the `id` of the comment it answers: "wp-901"',
    "at": "write `2023-07-09T17:22:00+02:00`, in quotes",
}


def check_snapshot(text: str, path: str, findings: Findings) -> WrittenSnapshot:
    """Return what the snapshot `text`, the content of the file `path`, says; add to `findings` what is wrong with it.

    Raises ContentError with all of that where it is not JSON or not the format.
    """
    data = load_json(text, path)
    check_keys(data, findings)
    try:
        record = SnapshotFile.model_validate(data)
    except ValidationError as failure:
        _add_invalid(failure.errors(include_url=False, include_input=False), findings)
        raise ContentError(findings.list_problems()) from failure
    return msgspec.convert(record.model_dump(by_alias=True, exclude_unset=True), WrittenSnapshot)


def check_keys(data: object, findings: Findings) -> None:
    """Refuse keys of personal data, and warn of others that the format does not know; each kind once."""
    kinds: dict[tuple[tuple[str, ...], str], list[Path]] = {}
    for names, where, value in _walk_unknown(data, (), ()):
        key = str(where[-1])
        if value not in (None, "", [], {}) and is_personal_key(key):
            message = f"`{key}` is personal data, which must not be in a snapshot"
            findings.refuse_private(where, message, "delete the key, here and in the history of the repository")
        elif find_record(names):
            kinds.setdefault((names, key), []).append(where)
    for (names, key), places in kinds.items():
        record = find_record(names)
        near = find_near(key, list_keys(record)) if record else None
        often = f", here and {len(places) - 1} more times" if len(places) > 1 else ""
        hint = f"did you mean `{near}`?" if near else "`sitegen schema comments` prints what there is"
        findings.warn_key(places[0], f"unknown key `{key}`{often}", hint)


def _add_invalid(invalid: Iterable[ErrorDetails], findings: Findings) -> None:
    """Take over what pydantic found."""
    for details in invalid:
        where = tuple(details["loc"])
        if not where:
            findings.refuse(where, "a snapshot must be an object with the keys `schema` and `comments`")
            continue
        name = ".".join(str(part) for part in where)
        told = describe_finding(details, _PHRASES)
        if details["type"] == "model_type" and where[-1] in _ALSO_TEXT:
            told = "must be text or an object"
        findings.refuse(where, f"`{name}` {told}", _HINTS.get(str(where[-1])))


def is_personal_key(key: str) -> bool:
    """Whether a key names what must never be published: `email`, `author_ip`, `userAgent`, `emailHash`."""
    words = [word.lower() for word in _WORD.findall(key)]
    return not _PERSONAL.isdisjoint(words) or "".join(words) in _PERSONAL


def _walk_unknown(value: object, names: tuple[str, ...], where: Path) -> Iterator[tuple[tuple[str, ...], Path, object]]:
    """Yield every key in `value` that the format does not know: the keys it is behind, its path, and what it holds."""
    if isinstance(value, dict):
        record = find_record(names)
        known = list_keys(record) if record else ()
        for key, item in value.items():
            if key not in known and names not in TALLIES:
                yield names, (*where, key), item
            if isinstance(item, dict | list):
                yield from _walk_unknown(item, (*names, key), (*where, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict | list):
                yield from _walk_unknown(item, names, (*where, index))
