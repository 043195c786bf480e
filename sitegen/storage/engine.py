"""The digest of sitegen itself: when the program changes, nothing that it remembers is trusted."""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.model.names import Digest

if TYPE_CHECKING:
    from sitegen.model.config import MarkdownConfig

_LIBRARIES = (
    "babel",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "pydantic",
    "pygments",
    "python-frontmatter",
    "pyyaml",
    "tzdata",
)
_ENGINES = {"commonmark": ("pyromark",)}
"""What an engine of Markdown uses besides: who does not use it keeps what is remembered when it comes or goes."""
_GROUP = "markdown.extensions"

ProgramParts = tuple[tuple[str, ...], tuple[str, ...]]
"""Extensions of Markdown, and names of libraries."""


def digest_engine(markdown: "MarkdownConfig") -> Digest:
    """Return the digest of the program as it reads texts by `markdown`."""
    return digest_program(*list_parts(markdown))


def list_parts(markdown: "MarkdownConfig") -> ProgramParts:
    """Return what belongs to the program that reads texts by `markdown`, besides sitegen itself."""
    extensions = (*markdown.extensions, *markdown.extension_options)
    return extensions, (*_LIBRARIES, *_ENGINES.get(markdown.engine, ()))


@cache
def digest_program(extensions: tuple[str, ...], libraries: tuple[str, ...]) -> Digest:
    """Return the digest of sitegen's sources, Python, `libraries` and `extensions` of Markdown.

    Libraries count by their versions, extensions by the content of their modules, so that one that lies beside a site
    counts as much as a package.
    """
    digest = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for name, path in _list_sources(package, extensions):
        digest.update(name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
    digest.update(f"{sys.implementation.name} {sys.version_info};".encode())
    for name in libraries:
        digest.update(f"{name}={_version(name)};".encode())
    return Digest(digest.hexdigest())


def _list_sources(package: Path, extensions: Sequence[str]) -> Iterable[tuple[str, Path]]:
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).as_posix(), path
    for module in _list_modules(extensions):
        for place in _locate(module):
            files = sorted(place.rglob("*.py")) if place.is_dir() else (place,)
            for path in files:
                yield f"{module}/{path.relative_to(place.parent).as_posix()}", path


def _list_modules(extensions: Sequence[str]) -> tuple[str, ...]:
    """Return the top-level modules of `extensions` but Markdown's own, which counts by its version."""
    if not extensions:
        return ()
    registered: dict[str, EntryPoint] = {point.name: point for point in entry_points(group=_GROUP)}
    modules = (registered[name].module if name in registered else name.partition(":")[0] for name in extensions)
    return tuple(sorted({module.partition(".")[0] for module in modules} - {"markdown", ""}))


def _locate(module: str) -> tuple[Path, ...]:
    """Return the file of a top-level module or the folders of a package; nothing for what cannot be found."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return ()
    if spec is None:
        return ()
    if spec.submodule_search_locations:
        return tuple(Path(place) for place in spec.submodule_search_locations)
    return (Path(spec.origin),) if spec.origin and Path(spec.origin).is_file() else ()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
