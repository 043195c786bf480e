"""Taking away what sitegen made."""

from pathlib import Path

from sitegen.app.survey import STATE_FOLDER
from sitegen.storage.files import remove_empty_folders, remove_file, remove_tree
from sitegen.storage.lock import hold_lock
from sitegen.storage.manifest import MANIFEST, read_manifest


def clean_site(root: Path, output: Path) -> int:
    """Delete everything that sitegen wrote into `output`, and what it remembers; return how many files went.

    Files that are not in the manifest are strangers': they stay.
    """
    removed = 0
    state_folder = root / STATE_FOLDER
    manifest = read_manifest(output)
    if manifest is not None:
        with hold_lock(output, state_folder, "clean"):
            for path in (*manifest, MANIFEST):
                file = output / path
                if file.is_file() or file.is_symlink():
                    remove_file(file)
                    removed += 1
            remove_empty_folders(output)
    remove_tree(state_folder)
    return removed
