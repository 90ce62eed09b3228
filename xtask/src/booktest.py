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
    const module = (await WebAssembly.instantiate(await fiedler.load())).exports;
    return cases.map(({ name, arguments: given, input }) => {
        const at = module.input(input.length);
        new Float64Array(module.memory.buffer, at, input.length).set(input.map((x) => x ?? NaN));
        const count = module[name](...given.map((x) => x ?? NaN));
        if (count < 0) {
            const words = new Uint8Array(module.memory.buffer, module.message(), module.message_length());
            return { refused: new TextDecoder().decode(words.slice()) };
        }
        const answer = [...new Float64Array(module.memory.buffer, module.output(), count)];
        const text = new Uint8Array(module.memory.buffer, module.text(), module.text_length());
        return { answer: answer.map((x) => (Number.isFinite(x) ? x : null)), text: new TextDecoder().decode(text.slice()) };
    });
}"""


THEMES = ("light", "rust", "coal", "navy", "ayu")


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
            for width in (1200, 390):
                nothing_jumps(browser, path, width)
            for theme in THEMES:
                stands_out(browser, path, theme)
            by_finger(browser, path)
            by_name(browser, path)
            on_paper(browser, path)
            in_time(browser, path)
        by_itself(browser, BOOK / "walk.html")
        holds("the walk goes by itself, stops, and stands still where motion is not wanted", True)
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
    page.add_init_script(BEFORE)
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


def alive(page):
    boxes = page.locator(".live[data-figure]")
    for box in boxes.all():
        expect(box).to_have_attribute("data-alive", "yes", timeout=ALIVE * 1000)
    return boxes.all()


def nothing_jumps(browser, path, width):
    """The page's text stands where it stood while the figure was still."""
    page = browser.new_context(viewport={"width": width, "height": 1000}).new_page()
    page.add_init_script("window.name = 'wait'")
    page.add_init_script(BEFORE)
    page.goto(path.as_uri())
    page.wait_for_function("window.letCome && document.fonts.status === 'loaded'")
    page.wait_for_timeout(300)
    before = page.evaluate(PLACES)
    page.evaluate("letCome()")
    alive(page)
    page.wait_for_timeout(300)
    after = page.evaluate(PLACES)
    far = [(one, other) for one, other in zip(before, after) if abs(one[0] - other[0]) > 1]
    check(f"{path.stem}: nothing jumps at {width} px, but {far[:3]}", len(before) == len(after) and not far)
    page.context.close()


def stands_out(browser, path, theme):
    """Words and marks stand off what they are drawn on, at rest and with a key pressed."""
    page = opened(browser, path, theme, 1200)
    for box in alive(page):
        name = box.get_attribute("data-figure")
        for button in box.get_by_role("button").all():
            if button.is_visible() and button.is_enabled() and "download" not in button.inner_text() and "open" not in button.inner_text():
                button.click()
                page.wait_for_timeout(60)
        count, pale = contrasts(box)
        check(f"{path.stem}, {name}, {theme}: too pale: {pale[:6]}", not pale)
        check(f"{path.stem}, {name}, {theme}: its colours were seen", count > 10)
    page.context.close()


def by_finger(browser, path):
    page = opened(browser, path, "light", 390, has_touch=True, is_mobile=True)
    for box in alive(page):
        name = box.get_attribute("data-figure")
        deaf = finger(page, box, name)
        check(f"{path.stem}, {name}: no answer to a finger: {deaf}", not deaf)
    page.context.close()


def by_name(browser, path):
    page = opened(browser, path, "light", 1200)
    for box in alive(page):
        count, without = nameless(page, box)
        check(f"{path.stem}: controls without a name: {without}", count > 2 and not without)
    page.context.close()


def on_paper(browser, path):
    """Print shows the still figure, and no controls."""
    page = opened(browser, path, "navy", 1200)
    boxes = alive(page)
    page.emulate_media(media="print")
    for box in boxes:
        check(f"{path.stem}: print shows the still figure", box.locator("figure").first.is_visible())
        check(f"{path.stem}: print shows no live figure", not box.locator(".live-figure").is_visible())
    page.context.close()


def in_time(browser, path):
    """Says, and does not judge, how long a reader waits."""
    page = opened(browser, path, "light", 1200)
    boxes = alive(page)
    first = page.evaluate("Math.min(...window.alive)")
    frames = [box.locator("input[type=range]").first.evaluate(FRAMES) for box in boxes if box.locator("input[type=range]").count()]
    print(f"  {path.stem}: alive {first:.0f} ms after the page began; a move of the first slider takes "
          f"{', '.join(f'{time:.1f} ms' for time in frames) or '–'} of its frame (median)", flush=True)
    page.context.close()


def by_itself(browser, path):
    for motion in ("no-preference", "reduce"):
        page = opened(browser, path, "light", 1200, reduced_motion=motion)
        box = alive(page)[0]
        numbers = box.locator(".live-numbers")
        shown = lambda: (page.wait_for_timeout(500), numbers.inner_text())[1]
        start = shown()
        box.get_by_role("button", name="walk by itself" if motion == "no-preference" else "places on").press("Enter")
        on = shown()
        later = shown()
        check(f"the walk goes on by itself, motion {motion}", on != start and (later != on) == (motion == "no-preference"))
        page.keyboard.press("Escape")
        held = shown()
        check("the walk stands still when it is stopped", shown() == held)
        check(f"no fault while it walks: {page.faults}", not page.faults)
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
        const exports = (await WebAssembly.instantiate(await fiedler.load())).exports;
        return Object.keys(exports).filter((name) => typeof exports[name] === "function");
    }""")
    door = {"input", "output", "message", "message_length", "text", "text_length"}
    missing = set(exported) - door - {case["name"] for case in cases}
    check(f"every exported function is compared, but for {sorted(missing)}", not missing)
    began = time.monotonic()
    for case, found in zip(cases, page.evaluate(ASK, asked)):
        wanted = {key: case[key] for key in ("answer", "refused", "text") if key in case}
        what = f"{case['name']}{case['arguments']}"
        check(f"{what}: native {str(wanted)[:300]}, page {str(found)[:300]}", alike(wanted, found))
    holds(f"{len(cases)} answers are those of the native crate ({time.monotonic() - began:.1f} s)", True)
    page.context.close()


def alike(wanted, found):
    if "refused" in wanted or "refused" in found:
        return wanted.get("refused") == found.get("refused")
    if wanted.get("text", "") != found["text"]:
        return False
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
