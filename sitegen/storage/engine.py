"""The digest of sitegen itself: when the program changes, nothing that it remembers is trusted."""

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.model.digests import digest_value
from sitegen.model.names import Digest
from sitegen.storage.clock import TICK_NS, now_ns

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Sitegen with everything that shapes a page, as one process found it."""

    digest: Digest
    """Of all that it is."""
    parts: ProgramParts
    """What belongs to it besides sitegen."""
    stamps: Digest
    """Of names, sizes and times of its files, and of the versions of libraries."""
    is_settled: bool
    """Whether no file had changed just before it was read, so that equal `stamps` mean an equal program."""


def digest_engine(markdown: "MarkdownConfig") -> Digest:
    """Return the digest of the program as it reads texts by `markdown`."""
    return find_program(markdown).digest


def find_program(markdown: "MarkdownConfig") -> Program:
    """Return the program as it reads texts by `markdown`."""
    extensions = (*markdown.extensions, *markdown.extension_options)
    return _find_program((extensions, (*_LIBRARIES, *_ENGINES.get(markdown.engine, ()))))


def renew_program(program: Program) -> Program | None:
    """Return `program` as it is now, None where it is another; files are read only where their stat leaves a doubt."""
    if program.is_settled and program.stamps == _stamp_program(program.parts)[0]:
        _FOUND[program.parts] = program
    now = _find_program(program.parts)
    return now if now.digest == program.digest else None


def _find_program(parts: ProgramParts) -> Program:
    if parts not in _FOUND:
        _FOUND[parts] = _read_program(parts)
    return _FOUND[parts]


_FOUND: dict[ProgramParts, Program] = {}
"""What this process knows of itself."""


def _read_program(parts: ProgramParts) -> Program:
    """Return the program of sitegen's sources, Python, libraries and extensions of Markdown.

    Libraries count by their versions, extensions by the content of their modules, so that one that lies beside a site
    counts as much as a package.
    """
    began = now_ns()
    stamps, newest = _stamp_program(parts)
    digest = hashlib.blake2b(digest_size=16)
    for name, path in _list_sources(parts[0]):
        digest.update(name.encode() + b"\0" + hashlib.blake2b(Path(path).read_bytes()).digest())
    digest.update(_name_versions(parts[1]).encode())
    return Program(digest=Digest(digest.hexdigest()), parts=parts, stamps=stamps, is_settled=newest < began - TICK_NS)


def _stamp_program(parts: ProgramParts) -> tuple[Digest, int]:
    """Return the `stamps` of a program, and when the newest of its files changed, in nanoseconds."""
    newest = 0
    files: list[tuple[str, int, int, int]] = []
    for name, path in _list_sources(parts[0]):
        status = os.stat(path)  # noqa: PTH116 -- half the time of Path.stat
        newest = max(newest, status.st_ctime_ns)
        files.append((name, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return digest_value((files, _name_versions(parts[1]))), newest


def _list_sources(extensions: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield name and path of every module of sitegen and of `extensions`."""
    yield from _list_modules_in(str(Path(__file__).resolve().parent.parent), "")
    for module in _list_modules(extensions):
        for place in _locate(module):
            if place.is_dir():
                yield from _list_modules_in(str(place), f"{module}/{place.name}/")
            else:
                yield f"{module}/{place.name}", str(place)


def _list_modules_in(folder: str, name: str) -> Iterable[tuple[str, str]]:
    """Yield every module in `folder` and below, in order; their names begin with `name`."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(".py"):
            yield name + entry.name, entry.path
        elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            yield from _list_modules_in(entry.path, f"{name}{entry.name}/")


def _list_modules(extensions: Sequence[str]) -> tuple[str, ...]:
    """Return the top-level modules of `extensions` but Markdown's own, which counts by its version."""
    if not extensions:
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 -- few sites name any

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


def _name_versions(libraries: Sequence[str]) -> str:
    """Return the versions of Python and `libraries`.

    What is installed where says the name of the folder with its metadata, `markdown-3.8.dist-info`
    (https://packaging.python.org/en/latest/specifications/recording-installed-packages/): reading the metadata, as
    importlib does, takes longer than all else that a build with nothing to do looks at.
    """
    found: dict[str, str] = {}
    for name in (name for place in sys.path for name in _list_names(place)):
        if match := _METADATA.fullmatch(name):
            found.setdefault(_normalise(match[1]), match[2])
    versions = [f"{name}={found.get(_normalise(name)) or _read_version(name)}" for name in libraries]
    return ";".join((f"{sys.implementation.name} {sys.version_info}", *versions))


_METADATA = re.compile(r"([^-]+)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info")


def _list_names(place: str) -> list[str]:
    try:
        return os.listdir(place or ".")  # noqa: PTH208 -- names only
    except OSError:
        return []


def _normalise(library: str) -> str:
    return library.lower().replace("-", "_").replace(".", "_")


def _read_version(library: str) -> str:
    """Return the version of a library that was installed in some other way."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 -- see `_name_versions`

    try:
        return version(library)
    except PackageNotFoundError:
        return "?"
