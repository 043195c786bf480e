"""python-Markdown at four times its speed, with the same bytes as result.

Most of its time goes into looking for markup that is not there: each text for each inline pattern, each block for each
kind of block, the whole tree for attributes and escapes. `quicken` changes parts of it to subclasses of ours that look
first for a character without which there is nothing to find; each of these modules says why that is exact. What is
plain, which is most of an article, does not even get there: `quick_plain` converts it.

The shortcuts rest on what python-Markdown's patterns and processors are, not on what its documentation promises. So a
version that has not been tried stays as it is, and so does a part that an extension has replaced.
"""

from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

TRIED = frozenset({"3.11.3"})
"""The versions of python-Markdown for which `tests/parse/test_quick_markdown.py` has shown the results to be equal."""


def has_been_tried() -> bool:
    """Tell whether our shortcuts are known to be exact for the version that is installed."""
    return find_version() in TRIED


@cache
def find_version() -> str | None:
    """Return the version of python-Markdown, None where it cannot be told without loading it.

    A text that is plain needs no more of it, and is read in less time than loading it takes.
    """
    package = find_spec("markdown")
    spec = PathFinder.find_spec("__meta__", package.submodule_search_locations) if package else None
    if spec is None or spec.loader is None:
        return None
    meta = module_from_spec(spec)
    spec.loader.exec_module(meta)
    return getattr(meta, "__version__", None)


def quicken(engine: "Markdown") -> None:
    """Put our parts into `engine`, which has all its extensions; do nothing where its version has not been tried."""
    if has_been_tried():
        # Other versions may lack what our parts are made of.
        from sitegen.parse.quick_parts import replace_parts  # noqa: PLC0415

        replace_parts(engine)
