"""YAML with the place of every key and value, and without the surprises of YAML's types.

Every scalar arrives as text; `Plain` marks those without quotes, so that the field decides what `no`, `1984` or `1:30`
mean. Duplicate keys, tags and merge keys are errors. Aliases are followed, as far as they stay small.
"""

import re

from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.reader import ReaderError

from sitegen.errors import ContentError, Problem, Span, error, warning
from sitegen.parse.key_names import TEXT_KEYS
from sitegen.parse.places import DEEPEST, Path, Placed, Plain, describe_twice, place_at, refuse_depth
from sitegen.parse.quick_yaml import load_plain_yaml
from sitegen.parse.yaml_messages import describe_yaml_error, quote_line

_MOST_VALUES = 20_000
_NULLS = frozenset({"", "~", "null"})
_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""YAML takes these for ends of lines, editors do not: a space in their place keeps text and line numbers right."""
_COMMENT = re.compile(r"[ \t]+#")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+")
_STRING_TAG = "tag:yaml.org,2002:str"


class _TooDeepError(Exception):
    """Nesting beyond `DEEPEST`, in the node that starts at line and column (from 0)."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line, self.column = line, column


class _Composer(CParser):
    """libyaml's composer without types; its hook for paths watches the depth, since the C code has no limit."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def resolve(self, _kind: type[Node], _value: object, _implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST and parent is not None:
            raise _TooDeepError(parent.start_mark.line, parent.start_mark.column)

    def ascend_resolver(self) -> None:
        self.depth -= 1


def load_yaml(text: str, path: str, line: int) -> Placed | None:
    """Return what `text` says, or None if it is no mapping; its first line is line `line` of the file `path`.

    Empty text is an empty mapping. Raises ContentError for everything that YAML or sitegen does not read.
    """
    if not text.isascii():
        text = text.translate(_BREAKS)
    return load_plain_yaml(text, line) or _load_any_yaml(text, path, line)


def _load_any_yaml(text: str, path: str, line: int) -> Placed | None:
    node = _compose(text, path, line)
    if node is None:
        return Placed(values={}, spans={}, key_spans={})
    if not isinstance(node, MappingNode):
        return None
    walk = _Walk(text, path, line)
    values = walk.read_mapping(node, ())
    if walk.problems:
        raise ContentError(walk.problems)
    return Placed(values=values, spans=walk.spans, key_spans=walk.key_spans, warnings=tuple(walk.warnings))


def _compose(text: str, path: str, line: int) -> Node | None:
    try:
        parser = _Composer(text)
        try:
            return parser.get_single_node()
        finally:
            parser.dispose()
    except MarkedYAMLError as failure:
        raise ContentError([describe_yaml_error(failure, text, path, line)]) from failure
    except ReaderError as failure:
        raise ContentError([_refuse_character(text, int(failure.position), path, line)]) from failure
    except UnicodeEncodeError as failure:
        raise ContentError([_refuse_character(text, failure.start, path, line)]) from failure
    except _TooDeepError as failure:
        raise refuse_depth("yaml", path, Span(line=line + failure.line, column=failure.column + 1)) from failure


def _refuse_character(text: str, offset: int, path: str, line: int) -> Problem:
    place = place_at(text, min(offset, len(text) - 1), line)
    return error("yaml", "contains a control character", path, place, hint="delete it and write the words around anew")


class _Walk:
    """One way through the nodes of a document, collecting values, places and problems."""

    def __init__(self, text: str, path: str, line: int) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.line = line
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.count = 0

    def read(self, node: Node, place: Path) -> object:
        """Return the value of `node`; raises ContentError where aliases make too much of it."""
        self.count += 1
        if self.count > _MOST_VALUES or len(place) > DEEPEST:
            raise ContentError([self._refuse_growth(node)])
        if node.tag and node.tag != _STRING_TAG:
            self.problems.append(self._refuse_tag(node))
        if isinstance(node, ScalarNode):
            return self._read_scalar(node, place)
        self.spans[place] = self._place(node)
        if isinstance(node, MappingNode):
            return self.read_mapping(node, place)
        return self._read_sequence(node, place) if isinstance(node, SequenceNode) else None

    def read_mapping(self, node: MappingNode, place: Path) -> dict[str, object]:
        """Return the mapping of `node` by the text of its keys."""
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.problems.append(self._refuse_key(key_node, "a list or mapping cannot be a key"))
                continue
            key = str(key_node.value)
            inner = (*place, key)
            span = self._place(key_node)
            if key in values:
                self.problems.append(describe_twice("yaml", key, self.path, self.key_spans[inner], span))
                continue
            if key == "<<" and not key_node.style:
                self.problems.append(self._refuse_key(key_node, "merge keys are not read; write the keys out"))
                continue
            self.key_spans[inner] = span
            values[key] = self.read(value_node, inner)
            if not place and key.lower() in TEXT_KEYS and isinstance(value_node, ScalarNode) and not value_node.style:
                self._warn_of_signs(key, key_node, value_node)
        return values

    def _read_scalar(self, node: ScalarNode, place: Path) -> str | None:
        value: str = node.value
        if node.style:
            self.spans[place] = self._place(node)
            return value
        if value:
            self.spans[place] = self._place(node)
        return None if value in _NULLS else Plain(value)

    def _read_sequence(self, node: SequenceNode, place: Path) -> list[object]:
        return [self.read(item, (*place, index)) for index, item in enumerate(node.value)]

    def _place(self, node: Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(line=self.line + start.line, column=start.column + 1, length=max(1, length))

    def _warn_of_signs(self, key: str, key_node: Node, node: ScalarNode) -> None:
        """Say that ` #` or `&` takes away a part of a text: in `title: War #2 begins` the title is "War"."""
        end = node.end_mark if node.value else key_node.end_mark
        text = self.lines[end.line] if end.line < len(self.lines) else ""
        after = end.column if node.value else end.column + 1
        if _COMMENT.match(text, after):
            cut = text[after:].strip()
            span = Span(line=self.line + end.line, column=text.index("#", after) + 1, length=len(cut))
            message = f"YAML cuts {key} at ` #`: `{cut}` is a comment"
            self.warnings.append(warning("yaml", message, self.path, span, quote_line(text)))
        start = self.lines[min(node.start_mark.line, len(self.lines) - 1)]
        anchor = _ANCHOR.match(start, node.start_mark.column)
        if anchor:
            message = f"YAML cuts {key}: `{anchor[0]}` is an anchor"
            self.warnings.append(warning("yaml", message, self.path, self._place(node), quote_line(start)))

    def _refuse_tag(self, node: Node) -> Problem:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        text = self.lines[node.start_mark.line]
        return error("yaml", f"the tag `{tag}` is not read", self.path, self._place(node), quote_line(text))

    def _refuse_key(self, node: Node, message: str) -> Problem:
        hint = quote_line(self.lines[node.start_mark.line]) or "write one `key: value` a line"
        return error("yaml", message, self.path, self._place(node), hint)

    def _refuse_growth(self, node: Node) -> Problem:
        return error(
            "yaml",
            "holds too many values, or aliases that repeat too much",
            self.path,
            self._place(node),
            hint="write the values out, without `&` and `*`",
        )
