"""What Shift+Tab shows: how a function of the project is called, and what its documentation says.

evcxr answers nothing there. The sources are read once, when somebody first asks; so a change in them is seen by the next
kernel, as everything else is.
"""

import re
from pathlib import Path

# So many lines of documentation fit into the page's box.
LINES = 40

ITEM = re.compile(r"^\s*pub (?:const )?(fn|struct|enum|trait|const) (\w+)")
OWNER = re.compile(r"^impl(?:<.*?>)?\s+(?:.* for )?(?:\w+::)*(\w+)")
WORD = re.compile(r"\w+")


class Tooltip:
    def __init__(self, project):
        self.project, self.items = project, None

    def of(self, code, cursor):
        """The text for this place, or nothing."""
        if self.project is None:
            return None
        if self.items is None:
            self.items = {}
            for folder in ("src", "exercises/src"):
                for path in sorted((Path(self.project) / folder).rglob("*.rs")):
                    read(path, self.items)
        return next(filter(None, (self.named(*place) for place in places(code, cursor))), None)

    def named(self, before, name):
        """The best of those with this name: a method behind a point, the module or type in front if there is one."""
        found = self.items.get(name, [])
        path = re.search(r"(\w+)::$", before)
        fit = lambda item: (
            bool(path) and path[1] in (item["owner"], *item["path"]),
            before.endswith(".") == item["method"],
            "steps" in item["path"],
        )
        best = max(found, key=fit, default=None)
        return best and best["text"]


def places(code, cursor):
    """The word at the cursor, and those in front of the brackets around it, from the inside out."""
    for word in WORD.finditer(code):
        if word.start() <= cursor <= word.end():
            yield code[: word.start()], word[0]
    open_ones = 0
    for at in range(min(cursor, len(code)) - 1, -1, -1):
        if code[at] in ")]}":
            open_ones += 1
        elif code[at] in "([{":
            open_ones -= 1
            before = code[:at].rstrip("!")
            word = re.search(r"\w+$", before)
            if open_ones < 0 and word:
                yield before[: word.start()], word[0]
            open_ones = max(open_ones, 0)


def read(path, items):
    """Adds what a file offers, with the documentation above it."""
    notes, owner = [], None
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        if not line.startswith((" ", "}", "#", "/")) and line:
            match = OWNER.match(line)
            owner = match[1] if match else None
        text = line.strip()
        if text.startswith("///"):
            notes.append(text[3:].removeprefix(" "))
        elif match := ITEM.match(line):
            kind, name = match.groups()
            item = {
                "owner": owner,
                "path": path.with_suffix("").parts,
                "method": line.startswith(" ") and "self" in signature(lines[number:]),
                "text": written(signature(lines[number:]), owner if line.startswith(" ") else None, notes),
            }
            if notes:
                items.setdefault(name, []).append(item)
            notes = []
        elif not is_attribute(text):
            notes = []


def is_attribute(text):
    """Whether this may stand between documentation and what it is about."""
    return text.startswith(("#[", "//", ")]", "reason", "clippy", "expect"))


def signature(lines):
    """What stands before the body, on as few lines as it was written."""
    taken = []
    for line in lines:
        taken.append(line.removeprefix("    ") if lines[0].startswith(" ") else line)
        if re.search(r"[{;]\s*$", line):
            break
    return re.sub(r"\s*[{;]$", "", "\n".join(taken).rstrip())


def written(head, owner, notes):
    """Markdown."""
    shown, code = [], False
    for note in notes:
        fence = note.startswith("```")
        code ^= fence
        if code and (note == "#" or note.startswith("# ")):
            continue  # rustdoc hides these lines.
        shown.append("```rust" if fence and code else note.replace("# ", "**", 1) + "**" if is_title(note, code) else note)
    if len(shown) > LINES:
        shown = shown[:LINES] + (["```"] if sum(line.startswith("```") for line in shown[:LINES]) % 2 else []) + ["…"]
    of = f"of `{owner}`\n\n" if owner else ""
    return f"```rust\n{head}\n```\n\n{of}" + "\n".join(shown)


def is_title(note, code):
    return not code and note.startswith("# ")
