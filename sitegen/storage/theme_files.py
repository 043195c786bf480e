"""Where the files of a theme lie, and whether they are what they were."""

import os
from collections.abc import Sequence
from pathlib import Path

from sitegen.errors import ContentError, error
from sitegen.model.digests import digest_bytes, digest_value
from sitegen.model.names import Digest
from sitegen.storage.files import describe_failure, read_bytes
from sitegen.storage.scan import is_passed_over

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of sitegen itself."""

MACHINE_FOLDER = PACKAGE / "render" / "machine"
"""The templates that every site has: feeds, sitemap."""

BASE_THEME = "broadsheet"
"""The theme behind every other."""


def shipped_folder() -> Path:
    """Return the folder of the themes that ship: inside the installed package, or beside it in a checkout."""
    installed = PACKAGE / "themes"
    return installed if installed.is_dir() else PACKAGE.parent / "themes"


def find_theme(name: str, root: Path) -> Path | None:
    """Return the folder of a theme: one of the site at `root`, else one that ships; None if it is nowhere."""
    if not name or name.startswith(".") or "/" in name or "\\" in name:
        return None
    candidates = (root / "themes" / name, shipped_folder() / name)
    return next((folder for folder in candidates if folder.is_dir()), None)


def theme_folders(names: Sequence[str], root: Path) -> tuple[Path, ...]:
    """Return the folders that the layers `names` are read from, to be watched."""
    folders = (find_theme(name, root) for name in (*names, BASE_THEME))
    return tuple(dict.fromkeys(folder for folder in folders if folder))


def digest_theme_files(names: Sequence[str], root: Path) -> Digest:
    """Return the digest of every file that the theme with the layers `names` is read from, and of where it lies.

    Raises ContentError for a name that is not UTF-8, and MachineError for what cannot be read.
    """
    return digest_value(
        [
            (str(folder), [(path, digest_bytes(read_bytes(folder / path))) for path in list_files(folder, folder.name)])
            for folder in (*theme_folders(names, root), MACHINE_FOLDER)
        ]
    )


def list_files(folder: Path, label: str) -> tuple[str, ...]:
    """Return the files below `folder`, which messages call `label`, as sorted POSIX paths.

    Hidden ones and editors' leavings are passed over. Raises ContentError for a name that is not UTF-8.
    """

    def refuse(failure: OSError) -> None:
        if not isinstance(failure, FileNotFoundError):
            raise describe_failure(failure, folder)

    found: list[str] = []
    for base, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not is_passed_over(name)]
        found += [(Path(base) / name).relative_to(folder).as_posix() for name in files if not is_passed_over(name)]
    for path in found:
        try:
            path.encode("utf-8")
        except UnicodeEncodeError as failure:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            problem = error("file-name", "the name is not UTF-8", f"{label}/{shown}", hint="rename the file")
            raise ContentError([problem]) from failure
    return tuple(sorted(found))
