"""What is wrong with a snapshot, collected with places: unknown keys, personal data, values of the wrong kind."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pydantic_core import ErrorDetails

from sitegen.errors import Problem, Span, error, place_of, warning
from sitegen.parse.comment_format import TALLIES, find_record, list_keys
from sitegen.parse.json_source import JsonPlaces, find_json_places
from sitegen.parse.key_names import find_near
from sitegen.parse.places import Path
from sitegen.parse.plain_words import describe_finding

CODE = "comments"
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


class Findings:
    """The problems of one snapshot."""

    def __init__(self, text: str, path: str) -> None:
        """Start without any; `text` is the JSON in the file `path`."""
        self._text = text
        self._path = path
        self._places: JsonPlaces | None = None
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def refuse(self, where: Path, message: str, hint: str | None = None) -> None:
        """Note an error about the value at `where`."""
        self.problems.append(error(CODE, message, self._path, self.find(where), hint))

    def refuse_private(self, where: Path, message: str, hint: str) -> None:
        """Note an error about personal data, which no terminal and no log is to show."""
        self.problems.append(replace(error(CODE, message, self._path, self.find(where), hint), private=True))

    def warn(self, where: Path, message: str, hint: str | None = None) -> None:
        """Note something about the value at `where` by which nothing is lost."""
        self.warnings.append(warning(CODE, message, self._path, self.find(where), hint))

    def warn_private(self, where: Path, message: str, hint: str) -> None:
        """Note something about a value that no terminal and no log is to show."""
        self.warnings.append(replace(warning(CODE, message, self._path, self.find(where), hint), private=True))

    def find(self, where: Path) -> Span:
        """Return the place of a value, or of what holds it."""
        places = self._look_up().spans
        while where and where not in places:
            where = where[:-1]
        return places.get(where, Span(line=1))

    def list_problems(self) -> tuple[Problem, ...]:
        """Return the errors in the order of the file."""
        return tuple(sorted(self.problems, key=place_of))

    def list_warnings(self) -> tuple[Problem, ...]:
        """Return the warnings in the order of the file."""
        return tuple(sorted(self.warnings, key=place_of))

    def add_invalid(self, findings: Iterable[ErrorDetails]) -> None:
        """Take over what pydantic found."""
        for details in findings:
            where = tuple(details["loc"])
            if not where:
                self.refuse(where, "a snapshot must be an object with the keys `schema` and `comments`")
                continue
            name = ".".join(str(part) for part in where)
            told = describe_finding(details, _PHRASES)
            if details["type"] == "model_type" and where[-1] in _ALSO_TEXT:
                told = "must be text or an object"
            self.refuse(where, f"`{name}` {told}", _HINTS.get(str(where[-1])))

    def check_keys(self, data: object) -> None:
        """Refuse keys of personal data, and warn of others that the format does not know; each kind once."""
        kinds: dict[tuple[tuple[str, ...], str], list[Path]] = {}
        for names, where, value in _walk_unknown(data, (), ()):
            key = str(where[-1])
            if value not in (None, "", [], {}) and is_personal_key(key):
                self._refuse_key(where)
            elif find_record(names):
                kinds.setdefault((names, key), []).append(where)
        for (names, key), places in kinds.items():
            record = find_record(names)
            near = find_near(key, list_keys(record)) if record else None
            often = f", here and {len(places) - 1} more times" if len(places) > 1 else ""
            hint = f"did you mean `{near}`?" if near else "`sitegen schema comments` prints what there is"
            span = self._look_up().key_spans.get(places[0])
            self.warnings.append(warning(CODE, f"unknown key `{key}`{often}", self._path, span, hint))

    def _refuse_key(self, where: Path) -> None:
        self.refuse_private(
            where,
            f"`{where[-1]}` is personal data, which must not be in a snapshot",
            "delete the key, here and in the history of the repository",
        )

    def _look_up(self) -> JsonPlaces:
        if self._places is None:
            self._places = find_json_places(self._text)
        return self._places


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
