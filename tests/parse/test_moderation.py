"""Moderation files: decisions as they are read, and every mistake at its place, in words."""

import pytest

from sitegen.errors import ContentError, Problem
from sitegen.model.moderation import Decision
from sitegen.parse.moderation import parse_moderation
from sitegen.parse.moderation_format import moderation_json_schema
from tests.json_schema import find_violations

PATH = "content/world/a.moderation.yaml"
KNOWN = ("wp-901", "wp-902", "wp-903")
HEAD = "schema: sitegen.moderation/1\ndecisions:\n"


def find(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse_moderation(text, PATH, KNOWN)
    return caught.value.problems


def show(problem: Problem) -> str:
    assert problem.span
    assert (problem.file, problem.code) == (PATH, "moderation")
    return f"{problem.span.line}:{problem.span.column}: {problem.message}"


def test_decisions_as_editors_write_them() -> None:
    text = """\
# What the desk decided.
schema: sitegen.moderation/1
decisions:
# The family asked.
- id: wp-901
  action: hide
  by: Desk
  at: 2024-05-02T09:00:00+02:00
  reason: "names a child"
- {id: wp-901, action: show-again}
- {id: wp-902, action: redact, text: An insult stood here.}
- {id: wp-902, action: redact}
- {id: wp-903, action: rename, name: no}
- {id: wp-903, action: pin, at: 2024-05-02}
"""
    moderation = parse_moderation(text, PATH, KNOWN)
    assert moderation.warnings == ()
    assert moderation.decisions == (
        Decision(id="wp-901", action="hide", by="Desk", at="2024-05-02T09:00:00+02:00", reason="names a child"),
        Decision(id="wp-901", action="show-again"),
        Decision(id="wp-902", action="redact", notice="<p>An insult stood here.</p>"),  # type: ignore[arg-type]
        Decision(id="wp-902", action="redact"),
        Decision(id="wp-903", action="rename", name="no"),
        Decision(id="wp-903", action="pin", at="2024-05-02"),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(end: str) -> None:
    text = "\ufeff" + (HEAD + "- id: wp-901\n  action: hide\n").replace("\n", end)
    assert parse_moderation(text, PATH, KNOWN).decisions == (Decision(id="wp-901", action="hide"),)


def test_every_mistake_of_form_is_told_at_its_place() -> None:
    text = """\
schema: sitegen.moderation/2
decision: []
decisions:
- {id: wp-901, action: hidden}
- {action: hide, reason: [x]}
- {id: wp 901, action: hide, txt: x}
- hide
"""
    assert [show(problem) for problem in find(text)] == [
        "1:9: `schema` must be `sitegen.moderation/1`",
        "2:1: unknown key `decision`: the decision might not count",
        "4:24: `decisions.0.action` must be 'hide', 'show-again', 'redact', 'rename', 'pin' or 'unpin'",
        "5:3: `decisions.1.id` is missing",
        "5:26: `decisions.1.reason` must be text",
        "6:8: `decisions.2.id` must not hold spaces or control characters",
        "6:30: unknown key `txt`: the decision might not count",
        "7:3: `decisions.3` must be an object",
    ]


def test_every_mistake_of_meaning_is_told_at_its_place() -> None:
    text = HEAD + (
        "- {id: wp-9011, action: hide}\n"
        "- {id: wp-901, action: rename}\n"
        "- {id: wp-901, action: rename, name: ana@news.example}\n"
        "- {id: wp-901, action: hide, name: Ana, text: x}\n"
        "- {id: wp-901, action: hide, at: 2024-05-02T09:00}\n"
    )
    problems = find(text)
    assert [show(problem) for problem in problems] == [
        "3:8: there is no comment `wp-9011` in the snapshot",
        "4:3: `rename` needs the new `name`",
        "5:38: `name` is an e-mail address, which must not be published",
        "6:36: `name` is for `rename` alone, not for `hide`",
        "6:47: `text` is for `redact` alone, not for `hide`",
        "7:34: `at`: has no zone, so that the instant is not known",
    ]
    assert problems[0].hint == "did you mean `wp-901`?"
    assert [problem.private for problem in problems] == [False, False, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: `schema` is missing"),
        ("- id: wp-901\n", "1:1: is no mapping with `schema` and `decisions`"),
        ("schema: sitegen.moderation/1\n", "1:1: `decisions` is missing"),
        (HEAD, "2:1: `decisions` must be a list"),
        (HEAD + "  wp-901: hide\n", "3:3: `decisions` must be a list"),
    ],
)
def test_what_is_no_moderation_file(text: str, told: str) -> None:
    assert told in [show(problem) for problem in find(text)]


def test_ids_are_not_looked_for_where_the_snapshot_could_not_be_read() -> None:
    assert len(parse_moderation(HEAD + "- {id: x, action: hide}\n", PATH, None).decisions) == 1


@pytest.mark.parametrize(
    ("document", "accepted"),
    [
        ({"schema": "sitegen.moderation/1", "decisions": [{"id": "wp-901", "action": "hide", "by": "Desk"}]}, True),
        ({"schema": "sitegen.moderation/1", "decisions": []}, True),
        ({"schema": "sitegen.moderation/2", "decisions": []}, False),
        ({"schema": "sitegen.moderation/1"}, False),
        ({"schema": "sitegen.moderation/1", "decisions": [{"id": "wp-901", "action": "delete"}]}, False),
        ({"schema": "sitegen.moderation/1", "decisions": [{"id": "wp-901", "action": "hide", "why": "x"}]}, False),
    ],
)
def test_the_schema_for_editors_says_the_same(document: dict[str, object], accepted: bool) -> None:
    assert (find_violations(moderation_json_schema(), document) == []) is accepted


def test_a_like_id_is_searched_for_a_few_decisions_only() -> None:
    problems = find(HEAD + "".join(f"- {{id: wq-90{number}, action: hide}}\n" for number in range(30)))
    hints = [problem.hint or "" for problem in problems]
    assert all(hint.startswith("did you mean `wp-90") for hint in hints[:20])
    assert set(hints[20:]) == {"`sitegen comments list ARTICLE` prints the ids of the comments"}
