"""Reads frozen types from their source: names, types, defaults and the docstring below each attribute."""

import ast
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType

_PLAIN_WORDS = {
    "ArticleId": "text",
    "Digest": "text",
    "Html": "HTML",
    "JsonObject": "JSON object",
    "Slug": "text",
    "TomlValue": "any value",
    "Url": "address",
    "bool": "true or false",
    "datetime": "instant",
    "float": "number",
    "int": "whole number",
    "str": "text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of a type."""

    name: str
    """Its name."""
    annotation: ast.expr
    """Its type as written."""
    default: ast.expr | None
    """Its default as written; None where it must be given."""
    doc: str
    """What it means, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentedType:
    """A frozen type with its docstrings."""

    name: str
    """Its name."""
    doc: str
    """What it is, paragraphs kept."""
    attributes: tuple[Attribute, ...]
    """In the order of the source, class variables left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The types and type aliases of some modules."""

    types: Mapping[str, DocumentedType]
    """By name, in the order of the source."""
    aliases: Mapping[str, ast.expr]
    """Names that stand for another type, such as `Status`."""


def read_types(modules: Iterable[ModuleType]) -> Catalogue:
    """Return the documented types of `modules`."""
    types: dict[str, DocumentedType] = {}
    aliases: dict[str, ast.expr] = {}
    for module in modules:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                types[node.name] = _read_class(node, types)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                aliases[node.targets[0].id] = node.value
    return Catalogue(types=types, aliases=aliases)


def _read_class(node: ast.ClassDef, known: Mapping[str, DocumentedType]) -> DocumentedType:
    """Return a type; what it has from another one that is `known` stands behind what is its own."""
    attributes = []
    for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        if "ClassVar" in ast.unparse(statement.annotation):
            continue
        attributes.append(
            Attribute(
                name=statement.target.id,
                annotation=statement.annotation,
                default=statement.value,
                doc=_read_docstring(following, f"{node.name}.{statement.target.id}"),
            )
        )
    bases = [known[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in known]
    attributes += [attribute for base in bases for attribute in base.attributes]
    return DocumentedType(name=node.name, doc=ast.get_docstring(node) or "", attributes=tuple(attributes))


def _read_docstring(node: ast.stmt | None, owner: str) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    raise ValueError(f"{owner} has no docstring below it")


def find_reachable(catalogue: Catalogue, roots: Iterable[str]) -> tuple[DocumentedType, ...]:
    """Return `roots` and every type their attributes lead to, in the order in which they are first met."""
    found: dict[str, DocumentedType] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in catalogue.types:
            continue
        found[name] = catalogue.types[name]
        for attribute in found[name].attributes:
            waiting.extend(_names_in(attribute.annotation))
    return tuple(found.values())


def _names_in(annotation: ast.expr) -> list[str]:
    nodes = ast.walk(annotation)
    return [node.id if isinstance(node, ast.Name) else str(getattr(node, "value", "")) for node in nodes]


def describe_type(annotation: ast.expr, catalogue: Catalogue) -> str:
    """Return the type in words, with links to the headings of other types."""
    if isinstance(annotation, ast.Constant):
        return "nothing" if annotation.value is None else _describe_name(str(annotation.value), catalogue)
    if isinstance(annotation, ast.Name):
        return _describe_name(annotation.id, catalogue)
    if isinstance(annotation, ast.BinOp):
        return f"{describe_type(annotation.left, catalogue)} or {describe_type(annotation.right, catalogue)}"
    if isinstance(annotation, ast.Subscript):
        return _describe_subscript(annotation, catalogue)
    raise ValueError(f"no words for {ast.unparse(annotation)}")


def _describe_name(name: str, catalogue: Catalogue) -> str:
    if name in _PLAIN_WORDS:
        return _PLAIN_WORDS[name]
    if name in catalogue.types:
        return f"[{name}](#{name.lower()})"
    if name in catalogue.aliases:
        return describe_type(catalogue.aliases[name], catalogue)
    raise ValueError(f"no words for {name}")


def _describe_subscript(node: ast.Subscript, catalogue: Catalogue) -> str:
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    describers: dict[str, Callable[[], str]] = {
        "tuple": lambda: f"list of {describe_type(arguments[0], catalogue)}",
        "Mapping": lambda: _describe_table(describe_type(arguments[1], catalogue)),
        "Literal": lambda: join_words([f"`{ast.literal_eval(argument)}`" for argument in arguments]),
        "Annotated": lambda: describe_type(arguments[0], catalogue) + _describe_bounds(arguments[1:]),
    }
    return describers[ast.unparse(node.value)]()


def _describe_table(value: str) -> str:
    return (
        f"tables of {value.removeprefix('table of ')}" if value.startswith("table of ") else f"table of {value} by name"
    )


def _describe_bounds(constraints: Iterable[ast.expr]) -> str:
    bounds: dict[str, object] = {}
    for constraint in constraints:
        if isinstance(constraint, ast.Call) and isinstance(constraint.func, ast.Name):
            bounds[constraint.func.id] = ast.literal_eval(constraint.args[0])
    if "Ge" in bounds and "Le" in bounds:
        return f", {bounds['Ge']} to {bounds['Le']}"
    if bounds == {"MinLen": 1}:
        return ", not empty"
    raise ValueError(f"no words for the bounds {bounds}")


def describe_default(default: ast.expr | None) -> str:
    """Return the default as it would be written in TOML; empty for none and for nested tables."""
    if isinstance(default, ast.Constant | ast.Tuple):
        return _write_toml(ast.literal_eval(default))
    return ""


def _write_toml(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{part}"' for part in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def join_words(words: list[str]) -> str:
    """Return "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def write_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table; pipes in cells are escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
