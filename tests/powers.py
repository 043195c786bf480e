"""Running programs as somebody whom permissions bind: root may otherwise read and write everything."""

import os
import shutil

import pytest

_POWERS = ("dac_override", "dac_read_search", "fowner")


def bind_by_permissions(*command: str) -> list[str]:
    """Return a command that runs `command` without root's power over permissions; skips where that cannot be had."""
    if os.geteuid() != 0:
        return list(command)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is missing: sudo apt-get install util-linux")
    return [setpriv, "--bounding-set", ",".join(f"-{power}" for power in _POWERS), *command]
