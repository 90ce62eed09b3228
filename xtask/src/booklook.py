"""What eyes, fingers, ears and paper get of the live figures: contrast, touch, names, print, motion. `booktest.py` calls it."""

# Contrast by WCAG 2.2, level AA: words 4.5 to 1, what is drawn and the edges of controls 3 to 1.
WORDS, MARKS = 4.5, 3.0

# Runs before the page: notes what is drawn on canvases with which colour, and on what; and holds the module back until
# `letCome` is called.
BEFORE = """(() => {
    const drawn = window.drawn = new Map();
    const pen = CanvasRenderingContext2D.prototype;
    const look = pen.getImageData;
    for (const [name, kind] of [["fillText", "words"], ["fill", "mark"], ["fillRect", "mark"], ["stroke", "line"], ["strokeRect", "line"]]) {
        const own = pen[name];
        pen[name] = function (...given) {
            const colour = kind === "line" ? this.strokeStyle : this.fillStyle;
            let under = "";
            if (kind === "words") {
                const [, words, x, y] = [0, ...given];
                const wide = this.measureText(words).width;
                const middle = x + { left: 1, start: 1, right: -1, end: -1 }[this.textAlign] * wide / 2 || x;
                const at = this.getTransform().transformPoint({ x: middle, y: y - 4 });
                under = [...look.call(this, Math.round(at.x), Math.round(at.y), 1, 1).data].join(",");
            }
            const what = kind === "words" ? `words “${given[0]}”` : kind;
            drawn.set(`${kind}|${colour}|${this.globalAlpha}|${under}`, { canvas: this.canvas, kind, what, colour, alpha: this.globalAlpha, under });
            return own.apply(this, given);
        };
    }
    const compile = WebAssembly.compile;
    if (window.name === "wait") {
        const come = new Promise((resolve) => { window.letCome = resolve; });
        WebAssembly.compile = async (bytes) => { await come; return compile.call(WebAssembly, bytes); };
    }
    window.alive = [];
    new MutationObserver((all) => all.forEach(() => window.alive.push(performance.now())))
        .observe(document, { subtree: true, attributeFilter: ["data-alive"] });
})()"""

# Every contrast of a figure's box: [what, its ratio, what it must have].
CONTRASTS = """(box) => {
    const parts = (colour) => (colour.startsWith("#")
        ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/[\\d.]+/g).map(Number));
    const over = ([r, g, b, a = 1], under) => [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
    const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, i) => sum + [0.2126, 0.7152, 0.0722][i] * part, 0);
    const ratio = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const paper = (element) => {
        const own = parts(getComputedStyle(element).backgroundColor);
        if (own.length < 4 || own[3] === 1) return own;
        const under = element.parentElement ? paper(element.parentElement) : [255, 255, 255];
        return own[3] ? over(own, under) : under;
    };
    const found = [];
    for (const { canvas, kind, what, colour, alpha, under } of window.drawn.values()) {
        if (!box.contains(canvas)) continue;
        const page = paper(canvas);
        const [r, g, b, a = 1] = parts(colour);
        // The grey is what lies behind: edges by the hundred, grids, the unfilled part of a bar.
        if (kind !== "words" && a < 0.25) continue;
        let below = page;
        if (under) {
            const [ur, ug, ub, ua] = under.split(",").map(Number);
            below = over([ur, ug, ub, ua / 255], page);
        }
        found.push([`${what} ${colour} on ${below.map(Math.round)}`, ratio(over([r, g, b, a * alpha], below), below), kind === "words" ? 4.5 : 3]);
    }
    for (const element of box.querySelectorAll("*")) {
        if (!element.checkVisibility() || element.disabled || element.closest("figure")) continue;
        const style = getComputedStyle(element);
        const page = paper(element);
        const [r, g, b, a = 1] = parts(style.color);
        const ink = over([r, g, b, a * style.opacity], page);
        if ([...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) {
            const need = element.getAttribute("aria-hidden") ? 3 : 4.5;
            found.push([`“${element.textContent.trim().slice(0, 40)}” ${style.color} on ${page.map(Math.round)}`, ratio(ink, page), need]);
        }
        if (element.matches("button, select")) {
            const behind = paper(element.parentElement);
            found.push([`edge of “${element.textContent.slice(0, 30)}” ${style.borderTopColor}`, ratio(parts(style.borderTopColor), behind), 3]);
        }
    }
    return found;
}"""

# Where the boxes of the page's text stand.
PLACES = """() => [...document.querySelectorAll("main > *")].map((part) => {
    const { top, height } = part.getBoundingClientRect();
    return [Math.round(top + scrollY), Math.round(height)];
})"""

# On which canvas of a figure a finger does something, where it goes down, and how far it goes, in shares of the canvas.
FINGERS = {
    "similarity": (0, (0.125, 0.586), (0.1, 0.03)),
    "bull's-eye": (0, (0.237, 0.5), (0.1, 0.03)),
    "cut": (0, (42 / 380, 110 / 300), None),
    "springs": (0, (0.1, 0.319), (0.0, 0.15)),
    "four springs": (0, (0.125, 0.228), (0.0, 0.15)),
    "certificate": (1, (0.5, 0.5), (-0.3, 0.0)),
    "rings": (1, (0.3, 0.5), (0.4, 0.0)),
    "walk": (0, (0.125, 0.586), None),
    "multigrid": (0, (0.2, 0.3), (0.3, 0.4)),
    "playground": (0, (0.1, 0.1), None),
}


def contrasts(box):
    """What is too pale in a figure, as words."""
    found = box.evaluate(CONTRASTS)
    return len(found), [f"{what}: {ratio:.2f}, not {need}" for what, ratio, need in found if ratio < need]


def finger(page, box, name):
    """A finger on the figure's canvas, then one on each slider. What has not answered, as words."""
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    said = box.locator(".live-said")
    deaf = []
    kind = {"data-kind": "bull's-eye", "data-springs": "four springs"}
    other = [words for attribute, words in kind.items() if box.get_attribute(attribute)]
    if name in FINGERS:
        which, (across, down), way = FINGERS[other[0] if other else name]
        canvas = box.locator("canvas").nth(which)
        canvas.scroll_into_view_if_needed()
        place = canvas.bounding_box()
        at = lambda step: (place["x"] + place["width"] * (across + step * (way or (0, 0))[0]),
                           place["y"] + place["height"] * (down + step * (way or (0, 0))[1]))
        before = said.inner_text()
        touch("touchStart", at(0))
        for step in range(1, 9 if way else 1):
            touch("touchMove", at(step / 8))
            page.wait_for_timeout(20)
        touch("touchEnd")
        page.wait_for_timeout(250)
        if said.inner_text() == before:
            deaf.append("the canvas")
        if canvas.evaluate("canvas => canvas.style.touchAction") != "none":
            # A finger that goes up over an empty corner of it moves the page.
            canvas.scroll_into_view_if_needed()
            place, start = canvas.bounding_box(), page.evaluate("scrollY")
            corner = (place["x"] + place["width"] * 0.97, place["y"] + place["height"] * 0.95)
            touch("touchStart", corner)
            for step in range(1, 9):
                touch("touchMove", (corner[0], corner[1] - 10 * step))
                page.wait_for_timeout(20)
            touch("touchEnd")
            page.wait_for_timeout(200)
            if page.evaluate("scrollY") == start:
                deaf.append("the page under the canvas")
    for slider in box.locator("input[type=range]:not([disabled])").all():
        slider.scroll_into_view_if_needed()
        place, before = slider.bounding_box(), slider.input_value()
        touch("touchStart", (place["x"] + 0.85 * place["width"], place["y"] + place["height"] / 2))
        touch("touchEnd")
        page.wait_for_timeout(150)
        if slider.input_value() == before:
            deaf.append(f"the slider {slider.get_attribute('aria-valuetext')}")
    return deaf


def nameless(page, box):
    """Controls that a screen reader would call by no name, and how many there are."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    session.send("DOM.enable")
    page.evaluate("box => { window.examined = [...box.querySelectorAll('button, input:not([hidden]), select, [tabindex], canvas')]"
                  ".filter((part) => part.checkVisibility()); }", box.element_handle())
    count = page.evaluate("window.examined.length")
    without = []
    for number in range(count):
        found = session.send("Runtime.evaluate", {"expression": f"window.examined[{number}]"})
        nodes = session.send("Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False})
        node = nodes["nodes"][0]
        if node.get("ignored") or not node.get("name", {}).get("value", "").strip():
            without.append(page.evaluate(f"window.examined[{number}].outerHTML.slice(0, 120)"))
    return count, without


# Milliseconds of the frames that answer a slider, of so many moves.
FRAMES = """async (slider) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const found = [];
    const [least, most] = [Number(slider.min), Number(slider.max)];
    for (let move = 0; move < 25; move += 1) {
        await frame();
        slider.value = least + (most - least) * (0.3 + 0.4 * move / 25);
        let began;
        requestAnimationFrame(() => { began = performance.now(); });
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
        found.push(performance.now() - began);
    }
    return found.sort((one, other) => one - other)[12];
}"""
