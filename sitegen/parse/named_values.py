"""Front matter by sitegen's own names: foreign, oddly spelled and unknown keys sorted out, at the top and inside."""

from collections.abc import Mapping

from msgspec import Struct

from sitegen.errors import Problem, Span, error, warning
from sitegen.parse.key_names import (
    NESTED,
    NESTED_BY_FOLDED,
    OPEN_MAPPINGS,
    find_field,
    find_near,
    fold_key,
    hint_unknown_field,
)
from sitegen.parse.places import Path
from sitegen.parse.raw import RawDocument


class Candidate(Struct, frozen=True, kw_only=True):
    """One way in which a field is given."""

    key: str
    """The key as written."""
    value: object
    """The value, with the keys of mappings renamed."""


class NamedValues(Struct, kw_only=True):
    """Values by field, and the way back to where they are written."""

    raw: RawDocument
    """The document."""
    values: dict[str, object] = {}
    """What is given for each field, with the keys of mappings renamed; by the first key where several mean the same."""
    keys: dict[str, str] = {}
    """Field to the key that stands for it."""
    others: dict[str, list[Candidate]] = {}
    """What further keys give for a field."""
    renamed: dict[Path, str] = {}
    """Place by names of sitegen to the last key of it as written, where the two differ."""
    problems: list[Problem] = []
    """Unknown keys and split values."""

    def locate_key(self, key: str) -> Span | None:
        """Return where the value of a key stands, or the key itself."""
        written = (key,)
        try:
            return self.raw.spans[written]
        except KeyError:
            return self.raw.key_spans.get(written)

    def locate(self, place: Path) -> Span | None:
        """Return where the value at `place` stands, or the nearest value around it, or its key."""
        key = self.keys.get(str(place[0]), str(place[0]))
        written: Path = (key,)
        spans = self.raw.spans
        for end in range(1, len(place)):
            name = self.renamed.get(place[: end + 1], place[end])
            inner = (*written, name)
            if inner in spans or inner in self.raw.key_spans:
                written = inner
        return spans.get(written) or self.raw.key_spans.get(written)


def name_values(raw: RawDocument, own: Mapping[str, str]) -> NamedValues:
    """Return the values of `raw` by field; `own` maps foreign keys to fields and wins over the built-in names.

    Empty values count as absent, but keep their key, so that a problem can point to it.
    """
    named = NamedValues(raw=raw)
    for key, value in raw.values.items():
        name = find_field(key, own)
        if name is None:
            span = raw.key_spans.get((key,))
            named.problems.append(
                warning("unknown-key", f"unknown key `{key}`", raw.path, span, hint_unknown_field(key))
            )
            continue
        if _is_empty(value):
            named.keys.setdefault(name, key)
            continue
        renamed = _rename(named, name, key, value) if name in NESTED else value
        if name in named.values:
            named.others.setdefault(name, []).append(Candidate(key=key, value=renamed))
        else:
            named.keys[name], named.values[name] = key, renamed
    return named


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _rename(named: NamedValues, name: str, key: str, value: object) -> object:
    """Return a mapping, or a list of mappings, with sitegen's names for keys."""
    if isinstance(value, dict):
        return _rename_mapping(named, name, (key,), (name,), value)
    if isinstance(value, list):
        return [
            _rename_mapping(named, name, (key, index), (name, index), item) if isinstance(item, dict) else item
            for index, item in enumerate(value)
        ]
    return value


def _rename_mapping(
    named: NamedValues, name: str, written: Path, place: Path, mapping: Mapping[str, object]
) -> dict[str, object]:
    known = NESTED_BY_FOLDED[name]
    result: dict[str, object] = {}
    for key, value in mapping.items():
        inner = known.get(fold_key(key))
        if inner is None:
            if name not in OPEN_MAPPINGS:
                named.problems.append(_describe_unknown(named, name, (*written, key), value))
        elif not _is_empty(value) and inner not in result:
            result[inner] = value
            if inner != key:
                named.renamed[(*place, inner)] = key
    return result


def _describe_unknown(named: NamedValues, name: str, written: Path, value: object) -> Problem:
    raw, key = named.raw, str(written[-1])
    span = raw.key_spans.get(written)
    if value is None:
        # `{title: A, B & C}` is the title "A" and a key "B & C" without a value.
        hint = "quote values that contain commas"
        return error(name, f"`{key}` has no value", raw.path, span, hint)
    near = find_near(key, NESTED[name])
    hint = f"did you mean `{near}`?" if near else f"known are {', '.join(f'`{known}`' for known in NESTED[name])}"
    return warning("unknown-key", f"unknown key `{key}` in `{name}`", raw.path, span, hint)
