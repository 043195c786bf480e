"""Taking away what sitegen made."""

from pathlib import Path

from sitegen.plan.out_paths import MANIFEST
from sitegen.storage.files import remove_tree
from sitegen.storage.lock import hold_lock, hold_memory, refuse_other_holders
from sitegen.storage.manifest import read_manifest
from sitegen.storage.output_tree import OutputTree
from sitegen.storage.publish import recover
from sitegen.storage.state import STATE_FILE, STATE_FOLDER


def clean_site(root: Path, output: Path) -> int:
    """Delete everything that sitegen wrote into `output`, and what it remembers; return how many files went.

    Files that are not in the manifest are strangers': they stay. Raises MachineError where a build or a preview of the
    site is at work.
    """
    state_folder = root / STATE_FOLDER
    removed = 0
    with hold_lock(output, state_folder, "clean"):
        refuse_other_holders(state_folder)
        recover(output)
        manifest = read_manifest(output)
        if manifest is not None:
            tree = OutputTree(output)
            # The manifest goes last, so that whoever is interrupted can begin again.
            removed = sum(tree.remove(path, wanted=()) for path in (*manifest, MANIFEST))
        with hold_memory(state_folder / STATE_FILE, "clean"):
            remove_tree(state_folder)
    return removed
