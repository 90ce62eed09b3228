"""Drives JupyterLab in a browser as a student would, and looks at what the page shows.

Arguments: the server's address with its token, the folder of the notebooks, the lab, the browser or nothing.
Prints a line for each thing that holds; ends with an error at the first that does not.
"""

import re
import sys
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ADDRESS, FOLDER, LAB, BROWSER = sys.argv[1:5]
# Seconds. A slow machine may compile the project meanwhile.
OPENS, RUNS, ANSWERS = 120, 420, 120
SHOTS = Path(LAB) / "live-test"


def main():
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        options = {"executable_path": BROWSER} if BROWSER else {}
        browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu"], **options)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        expect.set_options(timeout=ANSWERS * 1000)
        try:
            first = first_notebook(page)
            exercise(page, first)
            second_notebook(page)
            tooltip(page)
            slider(page)
            trial(page)
        except BaseException:
            page.screenshot(path=SHOTS / "failure.png")
            raise
        finally:
            browser.close()


def first_notebook(page):
    address, _, token = ADDRESS.partition("?")
    # A workspace of its own: what was open elsewhere stays closed here.
    page.goto(f"{address}/lab/workspaces/live-test/tree/{Path(FOLDER).name}/01_kmeans.ipynb?reset&{token}")
    panel = shown(page)
    is_open(page, panel, "01_kmeans.ipynb")
    holds("the notebook opens without outputs", panel.locator(".jp-OutputArea-output").count() == 0)
    run_all(page, panel)
    text = " ".join(panel.locator(".jp-OutputArea-output").all_inner_texts())
    holds("it runs to its checkpoint", "Checkpoint kmeans: every claim of this notebook held." in text)
    words = panel.locator(".jp-OutputArea-output img").evaluate_all("images => images.map(image => image.alt)")
    holds(f"all {len(words)} pictures have alternative text", len(words) >= 8 and all(len(alt) > 20 for alt in words))
    panel.locator(".jp-OutputArea-output img").nth(1).scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "light.png")
    theme(page, "JupyterLab Dark")
    page.screenshot(path=SHOTS / "dark.png")
    theme(page, "JupyterLab Light")
    return panel


def exercise(page, panel):
    cell = panel.locator(".jp-CodeCell", has_text='check("inertia_on_a_line"')
    for answer, reply in (("3", "Not yet: 3."), ("10", "Right: 10.")):
        edit(page, cell, f'let my_inertia = {answer};\ncheck("inertia_on_a_line", my_inertia);')
        expect(cell.locator(".jp-OutputArea-output")).to_contain_text(reply)
        holds(f"the answer {answer} is told: {reply}", True)


def second_notebook(page):
    began = time.monotonic()
    page.locator(".jp-DirListing-item", has_text="02_similarity.ipynb").dblclick()
    panel = shown(page, "02_similarity.ipynb")
    is_open(page, panel, "02_similarity.ipynb")
    cell = panel.locator(".jp-CodeCell").first
    edit(page, cell, cell_text(cell) + '\nprintln!("here");')
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text("here", timeout=RUNS * 1000)
    built = [library.stat().st_mtime_ns for library in Path(LAB).glob("workshops/*/ctx/target/*/debug/deps/libfiedler-*.rlib")]
    holds(
        f"a second notebook beside the first does not compile the project again ({time.monotonic() - began:.0f} s)",
        built.count(max(built)) >= 2,
    )


def tooltip(page):
    """In the second notebook, with the cursor in the brackets of a call."""
    cell = shown(page, "02_similarity.ipynb").locator(".jp-CodeCell").nth(1)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("similarity_matrix(")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("pub fn similarity_matrix")
    page.screenshot(path=SHOTS / "tooltip.png")
    page.keyboard.press("Escape")
    holds("Shift+Tab shows how a function is called, and its documentation", True)


SLIDER = """let moons = fiedler::data::blog_moons();
let mut steps = Vec::new();
for shift in 0..3 {
    let labels = moons.x.column(0).mapv(|x| usize::from(x > f64::from(shift)));
    steps.push((shift, fiedler::plot::clusters(&moons.x, &labels)?));
}
fiedler::plot::slider("shift", &steps)?"""


def slider(page):
    """In the second notebook, which knows the crate."""
    panel = shown(page, "02_similarity.ipynb")
    cell = panel.locator(".jp-CodeCell").nth(1)
    edit(page, cell, SLIDER)
    image, range = (cell.locator(f".jp-OutputArea-output {tag}") for tag in ("img", "input[type=range]"))
    expect(image).to_have_attribute("alt", re.compile(r"^shift = 0\. "))
    expect(range).to_be_visible()
    # In the middle of three values.
    range.click()
    expect(image).to_have_attribute("alt", re.compile(r"^shift = 1\. "))
    page.keyboard.press("ArrowRight")
    expect(image).to_have_attribute("alt", re.compile(r"^shift = 2\. "))
    holds("a slider answers to the mouse and to the arrow keys, in picture and words", True)
    image.scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "slider.png")


def trial(page):
    """A notebook whose cells fail, each in its way."""
    page.locator(".jp-DirListing-item", has_text="99_trial.ipynb").dblclick()
    panel = shown(page, "99_trial.ipynb")
    cells = panel.locator(".jp-CodeCell")
    is_open(page, panel, "99_trial.ipynb")
    run_all(page, panel)
    expect(outputs(cells, 0)).to_have_count(0)
    holds("the value () is not shown", True)
    ended_with(cells, 1, "This cell panicked:\nmade to fail", waits=2)
    holds("a panic is an error under its own cell, in two lines, and what follows waits", True)
    cells.nth(2).locator(".cm-content").click()
    menu(page, "Run", "Run Selected Cell and All Below")
    ended_with(cells, 3, "A `?` stopped this cell:\ninvalid digit found in string", waits=4)
    holds("a failed ? too", "ran" in outputs(cells, 2).inner_text())
    cells.nth(4).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(outputs(cells, 4)).to_contain_text(re.compile(r"Computing: \d+ s so far\."))
    page.screenshot(path=SHOTS / "long.png")
    expect(outputs(cells, 4)).to_have_text(re.compile(r"^\s*rested\s*$"))
    holds("what takes long says so, and the word goes when it ends", True)
    cells.nth(5).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(outputs(cells, 5)).to_contain_text("Computing")
    menu(page, "Kernel", "Interrupt Kernel")
    expect(outputs(cells, 5)).to_contain_text("Interrupted. Rust code cannot be stopped half-way")
    holds("an interrupt says what is lost, and what to do", True)
    cells.nth(6).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(outputs(cells, 6)).to_contain_text(re.compile(r"Compiling: \d+ s so far\."))
    menu(page, "Kernel", "Interrupt Kernel")
    expect(outputs(cells, 6)).to_contain_text("Interrupted while it was compiling: the cell has not run, and no variable is lost.")
    holds("an interrupt while a cell compiles loses nothing", True)
    page.screenshot(path=SHOTS / "errors.png")


def ended_with(cells, number, text, waits):
    """This cell shows this text alone, and the next one has not run."""
    expect(outputs(cells, number)).to_have_count(1)
    expect(outputs(cells, number)).to_have_text(text)
    expect(outputs(cells, waits)).to_have_count(0)
    expect(cells.nth(waits).locator(".jp-InputPrompt").first).to_have_text("[ ]:")


def outputs(cells, number):
    return cells.nth(number).locator(".jp-OutputArea-output")


def shown(page, name=""):
    """The notebook in front."""
    if name:
        expect(page.locator(".lm-DockPanel-tabBar .lm-mod-current", has_text=name)).to_be_visible(timeout=OPENS * 1000)
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def is_open(page, panel, name):
    """Before the page has a kernel, it asks which one to take."""
    expect(panel.locator(".jp-CodeCell").first).to_be_visible(timeout=OPENS * 1000)
    address, _, token = ADDRESS.partition("?")
    until = time.monotonic() + OPENS
    while time.monotonic() < until:
        sessions = page.request.get(f"{address}/api/sessions?{token}").json()
        kernels = [session["kernel"] for session in sessions if session["path"].endswith(name)]
        if any(kernel["connections"] and kernel["execution_state"] == "idle" for kernel in kernels):
            break
        page.wait_for_timeout(200)
    expect(page.locator(".jp-StatusBar-TextItem", has_text="| Idle")).to_be_visible(timeout=OPENS * 1000)


def run_all(page, panel):
    """Runs all cells, and waits until none has a star any more."""
    waiting = panel.locator(".jp-InputPrompt", has_text="[*]")
    menu(page, "Run", "Run All Cells")
    expect(waiting).not_to_have_count(0, timeout=10_000)
    expect(waiting).to_have_count(0, timeout=RUNS * 1000)


def edit(page, cell, source):
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")


def cell_text(cell):
    return "\n".join(cell.locator(".cm-line").all_inner_texts())


def menu(page, *path):
    for entry in path:
        labels = page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel")
        labels.filter(has_text=re.compile(f"^{re.escape(entry)}$")).first.click()


def theme(page, name):
    menu(page, "Settings", "Theme", name)
    dark = "Dark" in name
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false" if dark else "true")


def holds(what, truth):
    if not truth:
        sys.exit(f"  {what}: NO")
    print(f"  {what}: yes", flush=True)


if __name__ == "__main__":
    main()
