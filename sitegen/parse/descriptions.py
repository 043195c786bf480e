"""What keys mean, in a JSON Schema: the docstring below each attribute of the types that it is made from.

pydantic would look for them whenever it builds a model, which takes a third of the time until a document can be read.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue


def describe_keys(schema: "JsonSchemaValue", root: type) -> "JsonSchemaValue":
    """Return the `schema` of `root`, which describes every key of it and of the other types in its module."""
    docstrings = dict(_read_docstrings(root.__module__))

    def describe(table: "JsonSchemaValue", kind: str) -> "JsonSchemaValue":
        meant = docstrings.get(kind, {})
        described = {
            key: {**part, "description": meant[key]} if key in meant else part
            for key, part in table.get("properties", {}).items()
        }
        return {**table, "properties": described} if described else table

    parts = {kind: describe(table, kind) for kind, table in schema.get("$defs", {}).items()}
    return describe({**schema, "$defs": parts} if parts else schema, root.__name__)


def _read_docstrings(module: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield for every class of `module` what is written below its attributes, by the key that stands for each."""
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.ClassDef):
            yield (
                node.name,
                {
                    _find_key(attribute): inspect.cleandoc(below.value.value)
                    for attribute, below in pairwise(node.body)
                    if isinstance(attribute, ast.AnnAssign)
                    and isinstance(below, ast.Expr)
                    and isinstance(below.value, ast.Constant)
                    and isinstance(below.value.value, str)
                },
            )


def _find_key(attribute: ast.AnnAssign) -> str:
    """Return the alias of an attribute, as in `Field(alias="schema")`, else its name."""
    given = attribute.value.keywords if isinstance(attribute.value, ast.Call) else []
    aliases = [ast.literal_eval(keyword.value) for keyword in given if keyword.arg == "alias"]
    return str(aliases[0]) if aliases else ast.unparse(attribute.target)
