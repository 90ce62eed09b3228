"""Starts the Rust kernel in a workshop of its own.

A workshop is a folder that evcxr compiles in. It is kept, so that the next kernel finds every crate compiled; and it
is locked while in use, because two kernels in one folder would overwrite each other's work.

Each is a Cargo workspace of two: `ctx`, which evcxr writes anew for each cell, and `pin`, which depends on the project
and does nothing else. Without `pin`, Cargo would forget the project's Cargo.lock whenever a notebook starts, and take
other versions than the tests did.
"""

import fcntl
import itertools
import json
import os
import platform
import shutil
import sys
import time
from pathlib import Path

from proxy import Proxy
from tooltip import Tooltip
from warm import fill

LAB = Path(__file__).resolve().parent.parent
# Seconds for a kernel that is ending to leave its workshop: another one is 300 MB more on the disk.
PATIENCE = 1
# From so many workshops on, a project takes a free one of another clone instead of making its own: each is 300 MB.
ROOMS = 4

# Seconds in which a build begins after the page has opened.
FRESH = 20
BUILT = "The Rust kernel is being built, once (some five minutes; the terminal shows how far it is)"
COMPILED = "The crates that the notebooks use are being compiled, once (two or three minutes)"

WORKSPACE = """[workspace]
members = {members}
resolver = "3"

[profile.dev]
opt-level = 2
debug = false
strip = "debuginfo"
rpath = true
incremental = true
"""

PIN = """[package]
name = "pin"
version = "0.0.0"
edition = "2024"

[dependencies]
fiedler = {{ path = {path} }}
"""


def main(connection_file):
    project = os.environ.get("FIEDLER_PROJECT")
    pin = PIN.format(path=json.dumps(project)) if project else None

    def workshop(say):
        if os.environ.get("FIEDLER_LIVE"):
            wait_until_built(say)
        folder, lock = take("with-project" if project else "plain", pin)
        if project:
            seed(folder, pin, (Path(project) / "Cargo.lock").read_text())
            made = [other for other in (LAB / "workshops").glob("with-project-*") if other != folder]
            # Those of another clone have all crates but the project itself.
            fill(folder, [other for other in made if pin_of(other) == pin] or made, say)
        else:
            write(folder / "Cargo.toml", WORKSPACE.format(members='["ctx"]'))
        return os.environ | surroundings(folder), lock

    connection = json.loads(Path(connection_file).read_text())
    Proxy(connection, workshop, str(LAB / "bin" / "evcxr_jupyter"), Tooltip(project)).run()


def wait_until_built(say):
    """The page may be open before the kernel is built. Who builds holds a lock; see lab.rs."""
    kernel, stamp = LAB / "bin" / "evcxr_jupyter", LAB / "stamps" / "evcxr_jupyter"
    idle = 0
    with open(LAB / "locks" / "install", "a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                fcntl.flock(lock, fcntl.LOCK_UN)
                if kernel.exists() and stamp.exists():
                    return
                idle += 1
            except BlockingIOError:
                idle = 0
                say(COMPILED if stamp.exists() else BUILT)
            if idle > FRESH:
                raise RuntimeError("its build has ended without it. The terminal says why; stop JupyterLab there and start it again.")
            time.sleep(1)


def take(family, pin):
    """A workshop that no kernel holds, this project's own if it can be; locked until this process and its children end."""
    patience = time.monotonic() + PATIENCE
    while True:
        made = sorted((LAB / "workshops").glob(f"{family}-*"))
        own = [workshop for workshop in made if pin_of(workshop) == pin]
        waited = not own or time.monotonic() > patience
        for workshop in own + (made if waited and len(made) >= ROOMS else []):
            if lock := hold(workshop):
                return workshop, lock
        if waited:
            numbered = (LAB / "workshops" / f"{family}-{number}" for number in itertools.count())
            fresh = next(workshop for workshop in numbered if not workshop.exists())
            fresh.mkdir(parents=True, exist_ok=True)
            if lock := hold(fresh):
                return fresh, lock
        time.sleep(0.1)


def hold(workshop):
    """Locks the workshop; answers with the lock, or with nothing if another kernel has it."""
    lock = os.open(workshop / "lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def pin_of(workshop):
    """The manifest that ties the workshop to its project, if it has one."""
    manifest = workshop / "pin" / "Cargo.toml"
    return manifest.read_text() if manifest.exists() else None


def seed(workshop, pin, versions):
    """Ties the workshop to the project, and gives it the project's versions if they have changed."""
    if pin_of(workshop) != pin:
        # It served another clone: what that left must not pile up, and the crates come from another workshop.
        shutil.rmtree(workshop / "ctx", ignore_errors=True)
    write(workshop / "pin" / "Cargo.toml", pin)
    write(workshop / "pin" / "src" / "lib.rs", "")
    write(workshop / "Cargo.toml", WORKSPACE.format(members='["ctx", "pin"]'))
    if write(workshop / "Cargo.lock.project", versions):
        (workshop / "Cargo.lock").write_text(versions)


def write(path, text):
    """Writes the file unless it holds this text already; says whether it wrote."""
    if path.exists() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return True


def surroundings(workshop):
    """The environment of the kernel: everything it keeps lies in the lab."""
    variables = {
        "EVCXR_TMPDIR": str(workshop / "ctx"),
        "EVCXR_CONFIG_DIR": str(LAB / "evcxr"),
        "XDG_CACHE_HOME": str(LAB / "cache"),
        # evcxr looks here for an older copy of itself to update: there is none.
        "JUPYTER_PATH": str(LAB / "jupyter" / "data"),
        # Whatever the machine's own setting is: a change in the project is compiled in seconds.
        "CARGO_INCREMENTAL": "1",
        # Several threads spin against each other on a busy machine, and round differently from one run to the next.
        "OPENBLAS_NUM_THREADS": "1",
    }
    if platform.machine() == "x86_64" and has_avx2():
        # OpenBLAS picks its routines by processor, and they round differently: the same ones everywhere.
        variables["OPENBLAS_CORETYPE"] = "Haswell"
    return variables


def has_avx2():
    try:
        return "avx2" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1])
