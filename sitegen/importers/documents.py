"""The text of an imported document: front matter in YAML, in block form, and the body below it."""

from collections.abc import Mapping
from datetime import datetime

import yaml

from sitegen.parse.front_matter import split_document


class _Writer(yaml.SafeDumper):
    """YAML as people write it: lists indented below their key, no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the name and arguments are PyYAML's
        """Write a value out wherever it stands."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent the items of a list."""
        super().increase_indent(flow, indentless=False)


def _write_instant(writer: yaml.SafeDumper, value: datetime) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat(" ", "seconds"))


_Writer.add_representer(datetime, _write_instant)


def write_document(front_matter: Mapping[str, object], body: str) -> str:
    """Return a document; keys without a value are left out. Raises ContentError where it would not be read again."""
    kept = {key: value for key, value in front_matter.items() if value not in (None, "", [], {}, ())}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()}
    head = yaml.dump(
        plain, Dumper=_Writer, sort_keys=False, allow_unicode=True, default_flow_style=False, width=float("inf")
    )
    text = f"---\n{head}---\n\n{body.strip(chr(10))}\n"
    split_document(text, "import.md")
    return text
