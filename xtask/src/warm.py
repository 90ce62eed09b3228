"""Gives a workshop the crates that another one has compiled: one build serves all kernels.

Cargo takes a compiled crate for fresh by the times of its files, and by paths relative to its target folder: a copy that
keeps the times is as good as the original. What evcxr makes of the cells themselves stays behind.
"""

import fcntl
import os
import shutil
from contextlib import ExitStack
from pathlib import Path

# The crate of the cells, and what only a second compilation of the same crate could use.
OWN = ("ctx-", "ctx.", "libctx", "libcode_", "incremental")
WAITING = "Another notebook compiles the crates; this one waits for them"


def fill(workshop, others, say):
    """Copies from that of the others which compiled the project last, if this workshop has not done so since."""
    warm = max(others, key=built, default=None)
    if warm is None or built(warm) <= built(workshop):
        return
    source, target = warm / "ctx" / "target", workshop / "ctx" / "target"
    with ExitStack() as locks:
        for folder in folders(source):
            held(folder / ".cargo-lock", locks, say)
        for folder in folders(source):
            copy(folder, target / folder.relative_to(source))


def built(workshop):
    """When the project was compiled here, 0 if never."""
    libraries = (workshop / "ctx" / "target").glob("*/debug/deps/libfiedler-*.rlib")
    return max((library.stat().st_mtime_ns for library in libraries), default=0)


def folders(target):
    return [folder for folder in (target / "debug", *target.glob("*/debug")) if folder.is_dir()]


def held(file, locks, say):
    """Cargo holds its lock while it compiles: this one keeps it from that while we read."""
    lock = locks.enter_context(open(file, "a"))
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        say(WAITING)
        fcntl.flock(lock, fcntl.LOCK_SH)


def copy(source, target):
    """Copies the folder, with the times of its files; what is there already and as new stays."""
    target.mkdir(parents=True, exist_ok=True)
    for entry in os.scandir(source):
        path = target / entry.name
        if entry.name.startswith(OWN):
            continue
        if entry.is_dir(follow_symlinks=False):
            copy(Path(entry.path), path)
        elif not path.exists() or path.stat().st_mtime_ns != entry.stat().st_mtime_ns:
            fresh = path.with_name(path.name + ".new")
            shutil.copy2(entry.path, fresh)
            os.replace(fresh, path)
