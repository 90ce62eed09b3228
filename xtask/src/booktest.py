"""Drives the book's live figures in a browser, and asks the module what the native crate was asked.

Arguments: the folder of the built book, a file of cases from `web/examples/cases.rs`, the folder for pictures, the browser
or nothing. Prints a line for each thing that holds; ends with an error at the first that does not.
"""

import json
import sys
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

BOOK, CASES, SHOTS, BROWSER = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]

# Seconds until a figure lives; on a slow machine the page and the module are read from a cold disk.
ALIVE = 20
# Native and WebAssembly round alike but for sums in another order.
RELATIVE = 1e-9

# Asks one case; NaN comes as null.
ASK = """async (cases) => {
    const text = window.fiedlerWasm;
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const module = (await WebAssembly.instantiate(bytes, {})).instance.exports;
    return cases.map(({ name, arguments: given, input }) => {
        const at = module.input(input.length);
        new Float64Array(module.memory.buffer, at, input.length).set(input.map((x) => x ?? NaN));
        const count = module[name](...given.map((x) => x ?? NaN));
        if (count < 0) {
            const words = new Uint8Array(module.memory.buffer, module.message(), module.message_length());
            return { refused: new TextDecoder().decode(words.slice()) };
        }
        const answer = [...new Float64Array(module.memory.buffer, module.output(), count)];
        return { answer: answer.map((x) => (Number.isFinite(x) ? x : null)) };
    });
}"""


def main():
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        options = {"executable_path": BROWSER} if BROWSER else {}
        browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu"], **options)
        pages = [page for page in sorted(BOOK.glob("*.html")) if page.name != "print.html" and 'class="live"' in page.read_text()]
        holds(f"{len(pages)} pages have live figures", bool(pages))
        for path in pages:
            for theme, width in (("light", 1200), ("navy", 1200), ("light", 390), ("coal", 390)):
                look(browser, path, theme, width)
        without_scripts(browser, pages[0])
        same_numbers(browser, pages[0])
        browser.close()


def opened(browser, path, theme, width, **options):
    context = browser.new_context(viewport={"width": width, "height": 1000}, **options)
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('mdbook-theme', '{theme}')")
    page.faults = []
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: request.url.startswith("http") and page.faults.append(f"asks {request.url}"))
    page.goto(path.as_uri())
    return page


def look(browser, path, theme, width):
    """Every figure of the page comes alive, answers to keys, and stays inside the page."""
    page = opened(browser, path, theme, width)
    boxes = page.locator(".live[data-figure]")
    for box in boxes.all():
        name = box.get_attribute("data-figure")
        expect(box).to_have_attribute("data-alive", "yes", timeout=ALIVE * 1000)
        box.scroll_into_view_if_needed()
        said = box.locator(".live-said")
        before = said.inner_text()
        for slider in box.locator("input[type=range]").all():
            slider.focus()
            for _ in range(3):
                page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        if box.locator("input[type=range]").count():
            check(f"{path.stem}, {name}: what is said follows the keys", said.inner_text() != before)
        check(f"{path.stem}: the arrow keys turn no page", page.url == path.as_uri())
        unnamed = box.locator("canvas:not([aria-label]), svg:not([aria-label]):not([aria-labelledby]):not([aria-hidden])").count()
        check(f"{path.stem}, {name}: every drawing has words", unnamed == 0)
        wide = box.evaluate("box => box.scrollWidth - box.clientWidth")
        check(f"{path.stem}, {name}: nothing sticks out at {width} px", wide <= 1)
        page.screenshot(path=SHOTS / f"{path.stem}-{name}-{theme}-{width}.png")
        reset = box.get_by_role("button", name="reset")
        reset.click()
        page.wait_for_timeout(200)
        check(f"{path.stem}, {name}: reset brings the first state back", said.inner_text() == before)
    check(f"{path.stem}: no error, no other host: {page.faults}", not page.faults)
    print(f"  {path.stem}, {theme}, {width} px: {boxes.count()} figures live: yes", flush=True)
    page.context.close()


def without_scripts(browser, path):
    page = opened(browser, path, "light", 1200, java_script_enabled=False)
    expect(page.locator(".live figure").first).to_be_visible()
    holds("without scripts the still figure stands there", True)
    page.context.close()


def same_numbers(browser, path):
    """The module in the browser answers as the native crate."""
    cases = json.loads(CASES.read_text())
    page = opened(browser, path, "light", 1200)
    expect(page.locator(".live").first).to_have_attribute("data-alive", "yes", timeout=ALIVE * 1000)
    asked = [{key: case[key] for key in ("name", "arguments", "input")} for case in cases]
    exported = page.evaluate("""async () => {
        const bytes = Uint8Array.from(atob(window.fiedlerWasm), (letter) => letter.charCodeAt(0));
        const exports = (await WebAssembly.instantiate(bytes, {})).instance.exports;
        return Object.keys(exports).filter((name) => typeof exports[name] === "function");
    }""")
    door = {"input", "output", "message", "message_length", "__getrandom_custom"}
    missing = set(exported) - door - {case["name"] for case in cases}
    check(f"every exported function is compared, but for {sorted(missing)}", not missing)
    began = time.monotonic()
    for case, found in zip(cases, page.evaluate(ASK, asked)):
        wanted = {key: case[key] for key in ("answer", "refused") if key in case}
        what = f"{case['name']}{case['arguments']}"
        check(f"{what}: native {str(wanted)[:300]}, page {str(found)[:300]}", alike(wanted, found))
    holds(f"{len(cases)} answers are those of the native crate ({time.monotonic() - began:.1f} s)", True)
    page.context.close()


def alike(wanted, found):
    if "refused" in wanted or "refused" in found:
        return wanted == found
    one, other = wanted["answer"], found["answer"]
    size = max((abs(x) for x in one if x is not None), default=1.0)
    near = lambda x, y: x == y or (x is not None and y is not None and abs(x - y) <= RELATIVE * max(1.0, min(size, 1e6)))
    return len(one) == len(other) and all(near(x, y) for x, y in zip(one, other))


def check(what, truth):
    if not truth:
        sys.exit(f"  {what}: NO")


def holds(what, truth):
    check(what, truth)
    print(f"  {what}: yes", flush=True)


if __name__ == "__main__":
    main()
