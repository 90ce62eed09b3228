"""Stands between Jupyter and evcxr, and mends what evcxr leaves to be wished.

- A panic and a failed `?` are errors, under the cell that made them, and *Run All* stops there. evcxr calls both "ok" and
  only writes to standard error, sometimes after it has gone on to the next cell.
- The value `()` is not shown.
- What takes longer than five seconds says so under its cell, and what it is: live only, and gone when it ends.
- An interrupt stops the compiler, if it is that which runs; only else it ends the process that holds the variables.
- A figure's alternative text reaches the page: live only.
- Shift+Tab shows the documentation of the project's functions.

Messages go through unchanged otherwise: https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

import os
import signal
import subprocess
import threading
import time
from collections import deque

import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session
from mending import INFO, INTERRUPTED_EARLY, Cell
from processes import asleep, below, compilers, die_with_parent

# Seconds in which what a cell wrote last reaches us after the word that it has ended, and the longest we wait for it.
SETTLED, PATIENCE = 0.05, 2.0
# Seconds in which the cells of a "Run All" reach us.
TOGETHER = 0.05
# Whether somebody looks at the page. What is live only must not come into the notebooks that are committed.
LIVE = bool(os.environ.get("FIEDLER_LIVE"))


class Proxy:
    def __init__(self, connection, workshop, command, tooltip):
        """`workshop` prepares what evcxr needs and answers with (environment, lock); `command` starts it; `tooltip`
        knows what Shift+Tab shows."""
        self.context = zmq.Context()
        self.session = Session(key=connection["key"].encode(), signature_scheme=connection["signature_scheme"])
        self.key, self.command, self.tooltip = connection["key"], command, tooltip
        self.poller = zmq.Poller()
        bind = lambda kind, channel: self.open(kind, "bind", connection, channel)
        self.shell, self.control = bind(zmq.ROUTER, "shell"), bind(zmq.ROUTER, "control")
        self.stdin, self.heart = bind(zmq.ROUTER, "stdin"), bind(zmq.REP, "hb")
        self.iopub = bind(zmq.PUB, "iopub")
        self.evcxr, self.answers = None, set()
        self.queue, self.current, self.last, self.count = deque(), None, None, 0
        self.stage, self.prepared, self.broken = "Starting the kernel", None, None
        threading.Thread(target=self.prepare, args=(workshop,), daemon=True).start()

    def open(self, kind, how, connection, channel):
        socket = self.context.socket(kind)
        socket.linger = 1000
        if kind == zmq.SUB:
            socket.subscribe(b"")
        getattr(socket, how)(f"{connection['transport']}://{connection['ip']}:{connection[channel + '_port']}")
        if kind != zmq.PUB:
            self.poller.register(socket, zmq.POLLIN)
        return socket

    # Starting evcxr

    def prepare(self, workshop):
        try:
            self.prepared = workshop(self.say)
        except Exception as error:
            self.broken = f"The Rust kernel cannot start: {error}"

    def say(self, stage):
        self.stage = stage

    def launch(self):
        """Starts evcxr in its workshop, and connects to it."""
        environment, lock = self.prepared
        file = os.path.join(environment["EVCXR_TMPDIR"], "..", "connection.json")
        file, inner = write_connection_file(os.path.abspath(file), ip="127.0.0.1", key=self.key.encode())
        # The lock is passed on: the workshop is held until the last of these processes ends.
        self.evcxr = subprocess.Popen(
            [self.command, "--control_file", file], env=environment, pass_fds=[lock], preexec_fn=die_with_parent
        )
        self.to_shell = self.open(zmq.DEALER, "connect", inner, "shell")
        self.to_control = self.open(zmq.DEALER, "connect", inner, "control")
        self.to_stdin = self.open(zmq.DEALER, "connect", inner, "stdin")
        self.from_iopub = self.open(zmq.SUB, "connect", inner, "iopub")
        self.asked = 0.0

    def knock(self):
        """Asks evcxr for itself until its answer comes on both channels: then nothing that it says will be lost."""
        if time.monotonic() - self.asked > 0.5:
            self.asked = time.monotonic()
            self.session.send(self.to_shell, "kernel_info_request", {})

    # The loop

    def run(self):
        parent = os.getppid()
        while (self.evcxr is None or self.evcxr.poll() is None) and os.getppid() == parent:
            ready = dict(self.poller.poll(50 if self.current else 200))
            if self.heart in ready:
                self.heart.send(self.heart.recv())
            for socket, take in ((self.control, self.on_control), (self.shell, self.on_shell)):
                while message := self.receive(socket, ready):
                    take(*message)
            if self.evcxr:
                self.relay(ready)
            elif self.prepared:
                self.launch()
            if self.evcxr and not self.is_ready():
                self.knock()
            self.step()
        self.end()

    def receive(self, socket, ready=None):
        if ready is not None and socket not in ready:
            return None
        try:
            frames = socket.recv_multipart(zmq.NOBLOCK)
        except zmq.Again:
            return None
        identities, frames = self.session.feed_identities(frames)
        return identities, self.session.deserialize(frames)

    def relay(self, ready):
        """Passes on what evcxr says."""
        while message := self.receive(self.from_iopub, ready):
            self.on_output(message[1])
        while message := self.receive(self.to_shell, ready):
            self.on_reply(*message)
        while self.receive(self.to_control, ready):
            pass  # We have answered for it.
        for source, sink in ((self.stdin, self.to_stdin), (self.to_stdin, self.stdin)):
            while source in ready and source.poll(0):
                sink.send_multipart(source.recv_multipart())

    # What Jupyter asks

    def on_shell(self, identities, message):
        kind = message["msg_type"]
        if kind == "execute_request":
            self.queue.append(Cell(identities, message, LIVE))
        elif kind in INFO:
            self.answer(self.shell, identities, message, INFO[kind])
        elif kind == "inspect_request" and (text := self.tooltip.of(*asked(message))):
            found = {"text/plain": text, "text/markdown": text}
            content = {"status": "ok", "found": True, "data": found, "metadata": {}}
            self.answer(self.shell, identities, message, content)
        elif kind in ("complete_request", "inspect_request") and (self.current or not self.is_ready()):
            # evcxr answers one question at a time, and the page would wait.
            self.answer(self.shell, identities, message, nothing(message))
        elif self.is_ready():
            self.session.send(self.to_shell, message, ident=identities)

    def on_control(self, identities, message):
        kind = message["msg_type"]
        if kind == "kernel_info_request":
            self.answer(self.control, identities, message, INFO[kind])
        elif kind == "interrupt_request":
            self.interrupt()
            self.session.send(self.control, "interrupt_reply", {"status": "ok"}, message, identities)
        elif kind == "shutdown_request":
            restart = message["content"].get("restart", False)
            self.session.send(self.control, "shutdown_reply", {"status": "ok", "restart": restart}, message, identities)
            if self.evcxr:
                self.session.send(self.to_control, message)
                wait_for(lambda: self.evcxr.poll() is not None, 1)
            self.end()

    def answer(self, socket, identities, message, content):
        """Answers for evcxr."""
        self.status("busy", message)
        self.session.send(socket, message["msg_type"].replace("_request", "_reply"), content, message, identities)
        self.status("idle", message)

    def status(self, state, parent):
        self.show("status", {"execution_state": state}, parent)

    def show(self, kind, content, parent):
        self.session.send(self.iopub, kind, content, parent)

    def interrupt(self):
        """Stops what runs. The process that holds the variables is ended only if it is that which runs."""
        self.abort_queue()
        cell = self.current
        if cell is None or cell.ended:
            return
        if not cell.sent:
            self.current = None
            self.close(cell, cell.stop(INTERRUPTED_EARLY))
        elif compilers(self.evcxr.pid):
            cell.interrupted = "compiling"
            self.stop_compilers()
        else:
            cell.interrupted = "running"
            self.session.send(self.to_control, self.session.msg("interrupt_request"))

    def stop_compilers(self):
        # Not SIGINT: what was started in the background ignores it.
        for process in compilers(self.evcxr.pid):
            for each in [process, *below(process)]:
                try:
                    os.kill(each, signal.SIGTERM)
                except ProcessLookupError:
                    pass  # It has ended meanwhile.

    # What evcxr says

    def on_output(self, message):
        parent = message["parent_header"].get("msg_id")
        self.answers.add("iopub")
        for cell in (self.current, self.last):
            if cell and parent == cell.id:
                self.pass_on(cell, cell.mended(message))
                return
        if message["parent_header"].get("session") != self.session.session:
            self.session.send(self.iopub, message)

    def on_reply(self, identities, message):
        if message["parent_header"].get("session") == self.session.session:
            self.answers.add("shell")
        elif self.current and message["parent_header"].get("msg_id") == self.current.id:
            self.current.reply = message
        else:
            self.session.send(self.shell, message, ident=identities)

    def pass_on(self, cell, messages):
        for kind, content in messages:
            self.show(kind, content, cell.request)

    # One cell after another

    def is_ready(self):
        return self.answers == {"shell", "iopub"}

    def step(self):
        """Takes the next cell if none runs, and ends the one that has."""
        now = time.monotonic()
        if self.current is None and self.queue:
            self.current = self.queue.popleft()
            self.current.begin()
            self.status("busy", self.current.request)
        cell = self.current
        if cell is None:
            return
        if self.broken:
            self.current = None
            self.close(cell, cell.stop(self.broken))
        elif not cell.sent and self.is_ready():
            self.count += 1
            cell.sent, cell.count = True, self.count
            self.session.send(self.to_shell, cell.request)
        elif cell.ended:
            quiet = now - cell.touched > SETTLED and asleep(self.evcxr.pid)
            if quiet or now - cell.ended > PATIENCE:
                self.current, self.last = None, cell
                self.close(cell, cell.verdict())
        elif cell.interrupted == "compiling":
            # evcxr tries again in other ways when a compiler ends without a word.
            self.stop_compilers()
        elif LIVE:
            self.pass_on(cell, cell.notice(now, lambda: self.phase(cell)))

    def phase(self, cell):
        if not cell.sent:
            return self.stage
        if compilers(self.evcxr.pid):
            crates = ":dep" in cell.request["content"]["code"]
            return "Compiling the crates that this notebook uses" if crates else "Compiling"
        return "Computing"

    def close(self, cell, verdict):
        """Says how the cell has ended; after an error, those that wait do not run."""
        outputs, reply = verdict
        stops = reply["status"] == "error" and cell.request["content"].get("stop_on_error", True)
        if stops:
            self.gather()
        self.pass_on(cell, outputs)
        self.session.send(self.shell, "execute_reply", reply, cell.request, cell.identities)
        self.status("idle", cell.request)
        if stops:
            self.abort_queue()

    def gather(self):
        """Waits for the cells that were sent together with the one that ends."""
        until = time.monotonic() + TOGETHER
        while (left := until - time.monotonic()) > 0:
            self.shell.poll(left * 1000)
            while message := self.receive(self.shell):
                self.on_shell(*message)

    def abort_queue(self):
        for cell in self.queue:
            self.answer(self.shell, cell.identities, cell.request, {"status": "aborted"})
        self.queue.clear()

    def end(self):
        """Ends with all that was started: an endless cell would outlive evcxr."""
        self.context.destroy(linger=500)
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
        if self.evcxr:
            self.evcxr.kill()
        os._exit(0)


def asked(message):
    """The code, and the place in it."""
    return message["content"].get("code", ""), message["content"].get("cursor_pos", 0)


def nothing(message):
    """The answer to a question that must not wait."""
    if message["msg_type"] == "inspect_request":
        return {"status": "ok", "found": False, "data": {}, "metadata": {}}
    cursor = message["content"].get("cursor_pos", 0)
    return {"status": "ok", "matches": [], "cursor_start": cursor, "cursor_end": cursor, "metadata": {}}


def wait_for(what, seconds):
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
