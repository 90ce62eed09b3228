"""What the processes under a kernel do."""

import os
import signal
import subprocess
import sys
from pathlib import Path

PROC = Path("/proc")
# mold is a linker that runs Cargo.
COMPILERS = ("cargo", "mold")


def die_with_parent():
    """Run in a child before its program: it shall not outlive the kernel. Elsewhere Jupyter ends the whole group."""
    if sys.platform == "linux":
        import ctypes

        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def asleep(process):
    """Whether all threads of the process wait: then nothing that it has read is still on its way."""
    try:
        tasks = list((PROC / str(process) / "task").iterdir())
        return all(state(task) == "S" for task in tasks)
    except OSError:
        return True


def compilers(process):
    """The processes right below this one that compile."""
    return [child for child, parent, name in listed() if parent == process and name in COMPILERS]


def below(process):
    """The processes that this one has started, and those that they have."""
    children = [child for child, parent, _ in listed() if parent == process]
    return children + [further for child in children for further in below(child)]


def listed():
    """All processes: number, parent, name."""
    if not PROC.exists():
        lines = subprocess.run(["ps", "-axo", "pid=,ppid=,comm="], capture_output=True, text=True).stdout.splitlines()
        for child, parent, name in (line.split(None, 2) for line in lines):
            yield int(child), int(parent), os.path.basename(name)
    for folder in PROC.glob("[0-9]*"):
        try:
            name, fields = stat(folder)
            yield int(folder.name), int(fields[1]), name
        except (OSError, ValueError, IndexError):
            continue  # It has just ended.


def state(folder):
    return stat(folder)[1][0]


def stat(folder):
    """The name, and the fields after it: state, parent, …"""
    before, after = (folder / "stat").read_text().rsplit(")", 1)
    return before.split("(", 1)[1], after.split()
