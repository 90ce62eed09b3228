"""One cell that runs: what evcxr says of it, and what the page is told."""

import html
import re
import time
import uuid

# evcxr prints a failed `?` to standard error as anything else: the prelude marks it. See kernel.rs.
QUESTION_MARK = "\x01?\x01"
PANIC = re.compile(r"thread '[^\n]*' (?:\(\d+\) )?panicked at [^\n]*:\n(.*?)(?=\nstack backtrace:|\nnote: run with|\Z)", re.S)
# evcxr's name for a cell has a number, and not that of the page.
PLACE = re.compile(r"command_\d+")
ENDED = re.compile(r"Subprocess terminated|Subprocess didn't start")

# Seconds after which a cell says what takes so long.
LONG = 5
# With more outputs than these, to show them again costs more than the word is worth.
MANY = 100

LOST = [
    "The process that held the variables has ended, and they are lost; functions and imports are not.",
    "To have them back: Run > Run All Above Selected Cell.",
]
INTERRUPTED = {
    "compiling": ["Interrupted while it was compiling: the cell has not run, and no variable is lost."],
    "running": ["Interrupted. Rust code cannot be stopped half-way.", *LOST],
}
INTERRUPTED_EARLY = "Interrupted before it ran: no variable is lost."

LANGUAGE = {
    "name": "Rust",
    "version": "",
    "mimetype": "text/rust",
    "file_extension": ".rs",
    "pygment_lexer": "rust",
    "codemirror_mode": "rust",
}
# What evcxr does not answer, or could not answer before it has started.
INFO = {
    "kernel_info_request": {
        "status": "ok",
        "protocol_version": "5.3",
        "implementation": "fiedler-evcxr",
        "implementation_version": "0.22.0",
        "language_info": LANGUAGE,
        "banner": "Rust, by evcxr",
        "help_links": [{"text": "Rust's standard library", "url": "https://doc.rust-lang.org/stable/std/"}],
    },
    "comm_info_request": {"status": "ok", "comms": {}},
    "history_request": {"status": "ok", "history": []},
    "is_complete_request": {"status": "complete"},
}


class Cell:
    def __init__(self, identities, request, live):
        self.identities, self.request, self.live = identities, request, live
        self.id = request["header"]["msg_id"]
        self.begin()
        self.sent, self.idle, self.interrupted, self.closed = False, False, None, False
        self.count, self.reply, self.complaints, self.error = 0, None, "", None
        self.shown, self.noticed, self.told = [], None, 0

    def begin(self):
        """Its turn has come."""
        self.began = self.touched = self.quiet_since = time.monotonic()

    @property
    def ended(self):
        """When evcxr has said twice that it is done; it may still say more."""
        return self.touched if self.reply and self.idle else None

    def mended(self, message):
        """What to show in place of this message: a list of kinds and contents."""
        kind, content = message["msg_type"], message["content"]
        self.touched = time.monotonic()
        if kind == "status":
            self.idle |= content["execution_state"] == "idle"
            return []
        if kind == "execute_input":
            content["execution_count"] = self.count
            return [(kind, content)]
        if kind == "stream" and content["name"] == "stderr" and not self.closed:
            # Whether it is an error will be seen in the end.
            self.complaints += content["text"]
            return []
        if kind == "execute_result":
            content["execution_count"] = self.count
            if content["data"] == {"text/plain": "()"}:
                return []
            if self.live:
                describe(content["data"])
        if kind == "error":
            content = self.error = self.explained(content)
        return self.add(kind, content)

    def add(self, kind, content):
        """Shows this, and takes back the word on what takes so long."""
        messages = self.unnoticed() + [(kind, content)]
        self.shown.append((kind, content))
        self.noticed, self.quiet_since = None, time.monotonic()
        return messages

    def explained(self, content):
        """evcxr's error, with what it means for the variables."""
        if self.interrupted == "compiling":
            return error("Interrupted", *INTERRUPTED["compiling"])
        if ENDED.search(content["evalue"]):
            if self.interrupted:
                return error("Interrupted", *INTERRUPTED["running"])
            return error(content["ename"], content["evalue"], *LOST)
        content["traceback"] = [PLACE.sub("this cell", line) for line in content["traceback"]]
        return content

    # What takes long

    def notice(self, now, phase):
        """The word on what takes so long, once a second."""
        if now - self.quiet_since < LONG or now - self.told < 1 or len(self.shown) > MANY:
            return []
        self.told = now
        text = f"{phase()}: {now - self.began:.0f} s so far."
        page = f'<span role="status" style="opacity: 0.7; font-style: italic">{html.escape(text)}</span>'
        kind = "update_display_data" if self.noticed else "display_data"
        self.noticed = self.noticed or uuid.uuid4().hex
        data = {"text/plain": text, "text/html": page}
        return [(kind, {"data": data, "metadata": {}, "transient": {"display_id": self.noticed}})]

    def unnoticed(self):
        """Takes the word back: the page forgets all outputs, and gets those again that stay."""
        if not self.noticed:
            return []
        return [("clear_output", {"wait": False})] + self.shown

    # How it ends

    def verdict(self):
        """What is still to show, and the reply."""
        self.closed = True
        outputs = self.unnoticed()
        self.noticed = None
        before, failure = judged(self.complaints)
        if before:
            outputs.append(("stream", {"name": "stderr", "text": before}))
        if failure and not self.error:
            self.error = failure
            outputs.append(("error", failure))
        reply = self.reply["content"] | {"execution_count": self.count}
        if self.error:
            reply |= {"status": "error"} | self.error
        return outputs, reply

    def stop(self, why):
        """The same for a cell that evcxr has not seen."""
        outputs = self.unnoticed()
        self.noticed, self.closed = None, True
        failure = error("Interrupted" if why == INTERRUPTED_EARLY else "Error", why)
        return outputs + [("error", failure)], {"status": "error", "execution_count": self.count} | failure


def judged(complaints):
    """Tells what a cell wrote to standard error itself from a failed `?` or a panic, which is an error."""
    before, mark, message = complaints.partition(QUESTION_MARK)
    if mark:
        message = message.strip() or "(no message)"
        return before, error("Error", message, above="A `?` stopped this cell:")
    panic = PANIC.search(complaints)
    if panic:
        message = panic[1].strip() or "(no message)"
        return complaints[: panic.start()].lstrip("\n"), error("Panic", message, above="This cell panicked:")
    return complaints, None


def error(name, message, *below, above=None):
    return {"ename": name, "evalue": message, "traceback": [line for line in (above, message, *below) if line]}


def describe(data):
    """A picture with words gets a form whose alternative text they are: JupyterLab gives `image/png` none."""
    picture, words = data.get("image/png"), data.get("text/plain")
    if picture and words and "text/html" not in data:
        source = "".join(picture.split())
        data["text/html"] = f'<img alt="{html.escape(words)}" src="data:image/png;base64,{source}">'
