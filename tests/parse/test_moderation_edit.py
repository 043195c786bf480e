"""A decision at the end of a moderation file, and everything else as it was."""

import pytest

from sitegen.errors import ContentError, UsageError
from sitegen.parse.moderation import parse_moderation
from sitegen.parse.moderation_edit import append_decision, remove_decisions

PATH = "content/world/a.moderation.yaml"
HIDE = {"id": "wp-901", "action": "hide", "by": "Desk", "at": "2024-05-02T09:00:00Z", "reason": 'said "no": # too'}
WRITTEN = """\
- id: wp-901
  action: hide
  by: "Desk"
  at: 2024-05-02T09:00:00Z
  reason: "said \\"no\\": # too"
"""


def indent(text: str, by: str) -> str:
    return "".join(f"{by}{line}" for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"schema: sitegen.moderation/1\ndecisions:\n{WRITTEN}"),
        (
            "# Ours.\nschema: sitegen.moderation/1\ndecisions: []\n",
            f"# Ours.\nschema: sitegen.moderation/1\ndecisions:\n{WRITTEN}",
        ),
        (
            "schema: sitegen.moderation/1\ndecisions:\n  # She asked.\n  - {id: x, action: pin}  # so\n",
            "schema: sitegen.moderation/1\ndecisions:\n  # She asked.\n  - {id: x, action: pin}  # so\n"
            + indent(WRITTEN, "  "),
        ),
        (
            "decisions:\n- id: x\n  action: pin\nschema: sitegen.moderation/1",
            f"decisions:\n- id: x\n  action: pin\n{WRITTEN}schema: sitegen.moderation/1\n",
        ),
    ],
    ids=["no file", "no decisions", "indented, with comments", "not the last key"],
)
def test_a_decision_is_added(before: str | None, after: str) -> None:
    assert append_decision(before, PATH, HIDE) == after
    read = parse_moderation(after, PATH, None).decisions[-1]
    assert (read.id, read.reason) == ("wp-901", 'said "no": # too')


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    before = "\ufeffschema: sitegen.moderation/1\r\ndecisions:\r\n- {id: x, action: pin}\r\n"
    assert append_decision(before, PATH, HIDE) == before + WRITTEN.replace("\n", "\r\n")


@pytest.mark.parametrize("name", ["no", "null", "1900", "07:30", "a: b", "'", '"', "#x", "\\", "é \u2028 x", "- x"])
def test_whatever_is_written_is_read_again(name: str) -> None:
    text = append_decision(None, PATH, {"id": "".join(name.split()), "action": "rename", "name": name})
    (read,) = parse_moderation(text, PATH, None).decisions
    assert read.name == " ".join(name.split())


@pytest.mark.parametrize(
    "before",
    [
        "{schema: sitegen.moderation/1, decisions: [{id: x, action: pin}]}\n",
        "schema: sitegen.moderation/1\ndecisions: [{id: x, action: pin}]\n",
        "schema: sitegen.moderation/1\ndecisions:\n-\n  id: x\n  action: pin\n...\n",
    ],
)
def test_what_nothing_can_be_added_to_is_left_alone(before: str) -> None:
    with pytest.raises((UsageError, ContentError)):
        append_decision(before, PATH, HIDE)


def test_nothing_is_added_to_a_file_with_mistakes() -> None:
    with pytest.raises(ContentError):
        append_decision("schema: sitegen.moderation/1\n", PATH, HIDE)


THREE = """\
schema: sitegen.moderation/1  # first
decisions:
- id: wp-1
  action: pin
# about the second
- id: wp-2
  action: hide
  reason: "said something"
- id: wp-1
  action: unpin
"""


@pytest.mark.parametrize(
    ("ids", "after"),
    [
        ({"wp-2"}, THREE.replace('- id: wp-2\n  action: hide\n  reason: "said something"\n', "")),
        ({"wp-1"}, THREE[: THREE.index("- id: wp-1")] + THREE[THREE.index("- id: wp-2") : THREE.rindex("- id")]),
        ({"wp-1", "wp-2"}, "schema: sitegen.moderation/1  # first\ndecisions: []\n"),
        ({"wp-3"}, THREE),
    ],
    ids=["one", "two", "all", "none"],
)
def test_decisions_are_removed(ids: set[str], after: str) -> None:
    assert remove_decisions(THREE, PATH, ids) == after


def test_what_cannot_be_removed_by_itself_is_left_alone() -> None:
    with pytest.raises(UsageError, match="cannot be changed"):
        remove_decisions("schema: sitegen.moderation/1\ndecisions: [{id: x, action: pin}]\n", PATH, {"x"})
