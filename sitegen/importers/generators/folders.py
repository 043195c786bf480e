"""The files of a site of another generator: listed once, each with what becomes of it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.errors import ContentError, Span, UsageError, error, warning
from sitegen.importers.records import Media, Tally
from sitegen.parse.front_matter import split_document
from sitegen.parse.json_source import load_json_mapping
from sitegen.parse.raw import RawDocument
from sitegen.parse.toml_source import load_toml
from sitegen.parse.yaml_source import load_yaml
from sitegen.storage.files import explain_failures, read_bytes

CODE = "import"
MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
"""Endings of files in Markdown."""
OTHER_TEXT = frozenset({".adoc", ".asciidoc", ".htm", ".html", ".ipynb", ".org", ".pandoc", ".pdc", ".rst", ".textile"})
"""Endings of texts in other formats."""
_LARGEST_TEXT = 16 << 20
_WRITTEN_HERE = frozenset(
    {
        "404.html",
        "_headers",
        "_redirects",
        "atom.xml",
        "feed.json",
        "index.html",
        "robots.txt",
        "rss.xml",
        "sitemap.xml",
    }
)
"""Files at the root of the output that sitegen writes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A site of another generator."""

    name: str
    """The folder as it was given."""
    path: Path
    """Where it is."""
    files: tuple[str, ...]
    """Its files by their POSIX paths below it, sorted; none that a link leads to."""

    def find(self, path: str) -> Path:
        """Return where a file is."""
        return self.path / path

    def show(self, path: str) -> str:
        """Return how a file is named in messages."""
        return str(PurePosixPath(self.name) / path)

    def read_text(self, path: str) -> str:
        """Return the text of a file; raises ContentError where it is no UTF-8, or too long to be a text."""
        with explain_failures(self.find(path)):
            size = self.find(path).stat().st_size
        if size > _LARGEST_TEXT:
            raise ContentError([error(CODE, f"is longer than {_LARGEST_TEXT >> 20} MB", self.show(path))])
        try:
            return read_bytes(self.find(path)).decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            span = Span(line=failure.object.count(b"\n", 0, failure.start) + 1)
            problem = error(CODE, "is not UTF-8", self.show(path), span, "save it as UTF-8")
            raise ContentError([problem]) from failure


def open_folder(name: str, tally: Tally) -> Folder:
    """Return the files of a folder; what is hidden or a link is counted. Raises UsageError where there is no folder."""
    path = Path(name)
    if not path.is_dir():
        raise UsageError(f"`{name}` is no folder", "name the folder of the site")
    files: list[str] = []
    with explain_failures(path):
        for base, folders, names in os.walk(path, onerror=_stop):
            folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
            for file in sorted(names):
                found = Path(base) / file
                if found.is_symlink():
                    tally.skipped["link"] += 1
                elif file.startswith("."):
                    tally.skipped["hidden file"] += 1
                else:
                    files.append(found.relative_to(path).as_posix())
    tally.read["files"] += len(files) + tally.skipped["link"] + tally.skipped["hidden file"]
    tally.skipped = +tally.skipped
    return Folder(name=name, path=path, files=tuple(files))


def _stop(failure: OSError) -> None:
    raise failure


def read_configuration(folder: Folder, *names: str) -> Mapping[str, object]:
    """Return what the first configuration file of these names says; empty where there is none."""
    known = frozenset(folder.files)
    path = next((name for name in names if name in known), None)
    if path is None:
        return {}
    text, shown = folder.read_text(path), folder.show(path)
    if path.endswith(".toml"):
        return load_toml(text, shown, 1).values
    if path.endswith(".json"):
        return load_json_mapping(text, shown, 1).values
    placed = load_yaml(text, shown, 1)
    return placed.values if placed else {}


def read_document(folder: Folder, path: str, tally: Tally) -> RawDocument | None:
    """Return a document in its two halves; None, with problems, where its front matter cannot be read."""
    try:
        return split_document(folder.read_text(path), folder.show(path))
    except ContentError as failure:
        tally.problems += failure.problems
        tally.skipped["front matter that cannot be read"] += 1
        return None


def copy_static(folder: Folder, path: str, target: str, tally: Tally) -> None:
    """Note a file that goes to `target` below `static/` and belongs to no document."""
    if target in _WRITTEN_HERE:
        tally.skipped[f"{target}, which sitegen writes itself"] += 1
        return
    tally.read["media"] += 1
    tally.media.append(Media(path=f"static/{target}", address=path, file=folder.find(path)))


def list_suffix(path: str) -> str:
    """Return the ending of a file in lower case."""
    return PurePosixPath(path).suffix.lower()


def note_keys(counts: Mapping[str, int], tally: Tally) -> None:
    """Tell which keys are none of sitegen's."""
    for key, count in sorted(counts.items()):
        message = f"`{key}` is no key of sitegen: it stands under `extra` ({count})"
        tally.warnings.append(warning(CODE, message))


def split_folders(path: str) -> tuple[tuple[str, ...], str]:
    """Return the folders of a path, and the name without its ending."""
    pure = PurePosixPath(path)
    return pure.parts[:-1], pure.stem


def list_below(files: tuple[str, ...], folder: str) -> Iterator[str]:
    """Yield the files in a folder and below it."""
    start = f"{folder}/" if folder else ""
    return (path for path in files if path.startswith(start))
