"""Moderation files: from the text of a file to decisions that can be applied."""

from collections.abc import Collection

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.errors import ContentError, Problem, Span, error, place_of
from sitegen.model.moderation import Decision, Moderation
from sitegen.model.values import replace
from sitegen.parse.addresses import is_mail_address
from sitegen.parse.comment_format import list_keys
from sitegen.parse.comment_times import NoTimeError, read_moment
from sitegen.parse.key_names import find_near
from sitegen.parse.moderation_format import DecisionRecord, ModerationFile
from sitegen.parse.places import Path, Placed
from sitegen.parse.plain_words import describe_finding
from sitegen.parse.sanitize import clean_text, render_comment_text
from sitegen.parse.yaml_source import load_yaml

CODE = "moderation"
_PHRASES = {"string_pattern_mismatch": "must not hold spaces or control characters"}
_HINTS = {
    "schema": "write `schema: sitegen.moderation/1` above",
    "decisions": "write `decisions:` and below it `- id: wp-901` with `action: hide`",
    "id": "`sitegen comments list ARTICLE` prints the ids of the comments",
    "action": "write hide, show-again, redact, rename, pin or unpin",
}
_MOST_SUGGESTIONS = 20
"""For how many ids a like one is searched: each is compared to all there are, and so many are of another thread."""
_ONLY_FOR = {"name": "rename", "text": "redact"}


def parse_moderation(text: str, path: str, known: Collection[str] | None) -> Moderation:
    """Return the decisions in `text`, the content of the file `path`, in the format `sitegen.moderation/1`.

    `known` are the ids of the comments that there are; None if they could not be read. Raises ContentError with every
    problem at its place: what is not YAML or not the format, and decisions about comments that are not there, since a
    comment that was to be hidden would be shown.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    placed = load_yaml(text, path, 1)
    if placed is None:
        raise ContentError([error(CODE, "is no mapping with `schema` and `decisions`", path, Span(line=1))])
    reading = _Reading(placed, path, known)
    try:
        record = ModerationFile.model_validate(dict(placed.values))
    except ValidationError as failure:
        for details in failure.errors(include_url=False, include_input=False):
            reading.add_invalid(details)
        raise ContentError(reading.list_problems()) from failure
    decisions = tuple(reading.read(item, ("decisions", index)) for index, item in enumerate(record.decisions))
    if reading.problems:
        raise ContentError(reading.list_problems())
    return Moderation(decisions=decisions, warnings=placed.warnings)


class _Reading:
    """The reading of one file."""

    def __init__(self, placed: Placed, path: str, known: Collection[str] | None) -> None:
        self._placed = placed
        self._path = path
        self._known = known
        self._suggestions = 0
        self.problems: list[Problem] = []

    def list_problems(self) -> tuple[Problem, ...]:
        """Return the errors in the order of the file."""
        return tuple(sorted(self.problems, key=place_of))

    def add_invalid(self, details: ErrorDetails) -> None:
        """Take over what pydantic found."""
        where = tuple(details["loc"])
        key = str(where[-1])
        if details["type"] == "extra_forbidden":
            near = find_near(key, list_keys(ModerationFile if len(where) == 1 else DecisionRecord))
            hint = f"did you mean `{near}`?" if near else "`sitegen schema moderation` prints what there is"
            message = f"unknown key `{key}`: the decision might not count"
            self.problems.append(error(CODE, message, self._path, self._placed.key_spans.get(where), hint))
            return
        name = ".".join(str(part) for part in where)
        self._refuse(where, f"`{name}` {describe_finding(details, _PHRASES)}", _HINTS.get(key))

    def read(self, record: DecisionRecord, where: Path) -> Decision:
        """Return a decision; it is only sound if there are no problems."""
        if self._known is not None and record.id not in self._known:
            hint = self._suggest(record.id, self._known)
            self._refuse((*where, "id"), f"there is no comment `{record.id}` in the snapshot", hint)
        for key, action in _ONLY_FOR.items():
            if getattr(record, key) is not None and record.action != action:
                self._refuse((*where, key), f"`{key}` is for `{action}` alone, not for `{record.action}`")
        name = self._read_name(record, where)
        self._check_time(record, where)
        return Decision(
            id=str(record.id),
            action=record.action,
            by=_clean(record.by),
            at=_clean(record.at),
            reason=_clean(record.reason),
            name=name,
            notice=render_comment_text(record.text) if record.text else None,
        )

    def _suggest(self, unknown: str, known: Collection[str]) -> str:
        """Return what may help with the id of a comment that is not there."""
        self._suggestions += 1
        if self._suggestions > _MOST_SUGGESTIONS:
            return _HINTS["id"]
        near = find_near(unknown, tuple(known))
        return f"did you mean `{near}`?" if near else "take the decision out if the comment is gone for good"

    def _read_name(self, record: DecisionRecord, where: Path) -> str | None:
        name = " ".join(clean_text(record.name or "").split())
        if record.action == "rename" and not name:
            self._refuse(where, "`rename` needs the new `name`", 'write `name: "A reader"`')
        if is_mail_address(name):
            self._refuse((*where, "name"), "`name` is an e-mail address, which must not be published")
            self.problems[-1] = replace(self.problems[-1], private=True)
        return name or None

    def _check_time(self, record: DecisionRecord, where: Path) -> None:
        if record.at is None:
            return
        try:
            read_moment(record.at, None, None)
        except NoTimeError as failure:
            self._refuse((*where, "at"), f"`at`: {failure}", failure.hint)

    def _refuse(self, where: Path, message: str, hint: str | None = None) -> None:
        self.problems.append(error(CODE, message, self._path, self._find(where), hint))

    def _find(self, where: Path) -> Span:
        """Return the place of a value, of its key, or of what holds it."""
        while where:
            span = self._placed.spans.get(where) or self._placed.key_spans.get(where)
            if span:
                return span
            where = where[:-1]
        return Span(line=1)


def _clean(text: str | None) -> str | None:
    return " ".join(clean_text(text).split()) or None if text else None
