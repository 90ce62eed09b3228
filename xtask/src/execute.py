"""Runs cells in the kernel: reads one cell a line from standard input (a JSON string), answers each with one line.

An answer is {"outputs": [...]}, or {"trouble": "..."} when the kernel died or a cell took too long.
After the last cell, `null` collects what arrives late. What evcxr compiles appears on standard error, as it goes.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager
from nbformat.v4 import output_from_msg

KERNEL = "fiedler-rust"
START_LIMIT = 300
CELL_LIMIT = float(sys.argv[1])
# What a cell writes to standard error may reach us after the word that it has ended.
LATE, LAST = 0.1, 1.0
SHOWN = {"stream", "execute_result", "display_data", "error"}
PARENT = os.getppid()


def main():
    manager = KernelManager(kernel_name=KERNEL)
    manager.start_kernel(stdout=subprocess.DEVNULL)
    client = manager.blocking_client()
    group = manager.provisioner.pgid
    client.start_channels()
    try:
        client.wait_for_ready(timeout=START_LIMIT)
        answer({"ready": True})
        for line in iter(sys.stdin.readline, ""):
            source = json.loads(line)
            answer(collect(manager, client, source, LAST if source is None else LATE))
    except RuntimeError as error:
        answer({"trouble": f"the kernel did not start: {error}"})
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        # A cell that never ends runs in a process of its own, which outlives the kernel.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def answer(value):
    print(json.dumps(value), flush=True)


def collect(manager, client, source, late):
    """Runs one cell and gathers what it shows, whichever cell the kernel says it is from."""
    began = time.monotonic()
    asked = client.execute(source, allow_stdin=False) if source is not None else None
    outputs, ended = [], asked is None
    while True:
        if time.monotonic() - began > CELL_LIMIT:
            return {"trouble": f"the cell was still running after {CELL_LIMIT:.0f} s"}
        try:
            message = client.get_iopub_msg(timeout=late if ended else 1)
        except queue.Empty:
            if ended:
                return {"outputs": outputs}
            if not manager.is_alive():
                return {"trouble": "the kernel died"}
            if os.getppid() != PARENT:
                sys.exit("the command that started this run is gone")
            continue
        kind, content = message["msg_type"], message["content"]
        if kind in SHOWN:
            outputs.append(output_from_msg(message))
        elif kind == "status" and content["execution_state"] == "idle" and message["parent_header"].get("msg_id") == asked:
            ended = True


if __name__ == "__main__":
    main()
