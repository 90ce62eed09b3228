// What all live figures share: the crate as WebAssembly, and the parts of a figure. A page without scripts, or before the
// module has come, shows the still figure that stands in the box.
"use strict";

window.fiedler = (() => {
    const builders = {};

    // The module, compiled once for the page. A script and not a fetch: pages opened from a folder may fetch nothing.
    let module;
    function load() {
        module ??= new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = `${window.path_to_root ?? ""}fiedler_wasm.js`;
            script.onload = () => resolve(window.fiedlerWasm);
            script.onerror = () => reject(new Error("The figures stay still: fiedler_wasm.js is not there."));
            document.head.append(script);
        }).then((text) => {
            delete window.fiedlerWasm;
            const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
            return new Response(unpacked).arrayBuffer();
        }).then((bytes) => WebAssembly.compile(bytes));
        return module;
    }

    // Calls a function of the module with arguments, and with numbers in its input. Workers get it as it stands here.
    function caller(exports) {
        return (name, args, numbers = []) => {
            const at = exports.input(numbers.length);
            new Float64Array(exports.memory.buffer, at, numbers.length).set(numbers);
            const count = exports[name](...args);
            const words = (start, length) => new TextDecoder().decode(new Uint8Array(exports.memory.buffer, start, length).slice());
            if (count < 0) return { refused: words(exports.message(), exports.message_length()) };
            const answer = Float64Array.from(new Float64Array(exports.memory.buffer, exports.output(), count));
            return { numbers: answer, text: words(exports.text(), exports.text_length()) };
        };
    }

    // An element with attributes and children.
    function make(tag, attributes = {}, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
            if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
            else element.setAttribute(name, value);
        }
        element.append(...children);
        return element;
    }

    let labels = 0;

    // A slider under its name; `shown` makes the words of a value.
    function slider(name, { least, most, step, value }, shown, moved) {
        const id = `live-${++labels}`;
        const output = make("output", { for: id }, shown(value));
        const input = make("input", { id, type: "range", min: least, max: most, step, value });
        const tell = () => {
            const words = shown(Number(input.value));
            output.textContent = words;
            input.setAttribute("aria-valuetext", `${name} ${words}`);
        };
        input.addEventListener("input", () => { tell(); moved(Number(input.value)); });
        tell();
        const set = (to) => { input.value = to; tell(); };
        return { row: make("div", { class: "live-slider" }, make("label", { for: id }, name), input, output), set };
    }

    // Buttons of which one is pressed.
    function choice(name, values, chosen, picked) {
        const buttons = values.map(([value, words]) => {
            const press = () => { set(value); picked(value); };
            return make("button", { type: "button", "aria-pressed": value === chosen, onclick: press }, words);
        });
        const set = (value) => buttons.forEach((button, i) => button.setAttribute("aria-pressed", values[i][0] === value));
        return { row: make("div", { class: "live-choice", role: "group", "aria-label": name }, ...buttons), set };
    }

    // A drawing surface that is as sharp as the screen, in units of its own: `width` by `height`. Where it answers to keys
    // and fingers, `scrolls` says which ways a finger on it still moves the page: "pan-y", "manipulation" (all ways) or
    // "none". Without it the surface only shows.
    function surface(width, height, words, scrolls) {
        const canvas = make("canvas", { role: "img", "aria-label": words });
        canvas.style.aspectRatio = `${width} / ${height}`;
        if (scrolls) {
            canvas.setAttribute("role", "application");
            canvas.tabIndex = 0;
            canvas.style.touchAction = scrolls;
        }
        const pen = canvas.getContext("2d");
        function begin() {
            const sharp = Math.max(1, canvas.clientWidth * (window.devicePixelRatio || 1) / width);
            const [columns, rows] = [Math.round(width * sharp), Math.round(height * sharp)];
            if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
            pen.setTransform(columns / width, 0, 0, rows / height, 0, 0);
            pen.clearRect(0, 0, width, height);
            return pen;
        }
        const place = (event) => {
            const box = canvas.getBoundingClientRect();
            return [(event.clientX - box.left) * width / box.width, (event.clientY - box.top) * height / box.height];
        };
        // Calls `down` with the place of a finger or a mouse; where it says that it has taken hold of something, `move` and
        // `up` follow, and the page does not scroll under the finger, unless it is held "sideways" and goes up or down.
        function grip(down, move = () => {}, up = () => {}) {
            let held = false;
            canvas.addEventListener("pointerdown", (event) => {
                if (event.button !== 0) return;
                held = down(place(event));
                if (!held) return;
                canvas.setPointerCapture(event.pointerId);
                canvas.focus({ preventScroll: true });
                event.preventDefault();
            });
            canvas.addEventListener("touchstart", (event) => {
                if (held && held !== "sideways" && event.touches.length === 1) event.preventDefault();
            }, { passive: false });
            canvas.addEventListener("pointermove", (event) => { if (held) move(place(event)); });
            for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => {
                if (held) up(end === "pointerup");
                held = false;
            });
        }
        return { canvas, begin, place, grip, width, height };
    }

    // Colours of the page's theme, and two for the sides of zero. All stand off the paper, by 4.5 to 1 where they may be
    // words and by 3 to 1 elsewhere, but for the grey, which is behind things.
    function colours() {
        const style = getComputedStyle(document.documentElement);
        const of = (name, other) => style.getPropertyValue(name).trim() || other;
        const theme = /coal|navy|ayu|rust/.exec(document.documentElement.className)?.[0] ?? "light";
        const dark = theme !== "light" && theme !== "rust";
        const sides = { light: [[0, 90, 181], [200, 70, 0]], rust: [[0, 80, 165], [170, 55, 0]] }[theme]
            ?? [[96, 165, 250], [251, 146, 60]];
        return {
            ink: of("--fg", "#222"), paper: of("--bg", "#fff"), accent: dark ? "#c792ea" : "#7a1fd0", dark, sides,
            pale: { light: 140, rust: 115 }[theme] ?? 120,
            dim: dark ? "#9aa3ad" : "#5b6270",
            grey: dark ? "rgba(200,200,200,.18)" : "rgba(90,90,90,.2)",
        };
    }

    // A colour for a number from −1 to 1: its sign is the hue, its size the strength.
    function shade(value, { sides, pale, dim }) {
        if (!Number.isFinite(value)) return dim;
        const side = sides[value < 0 ? 0 : 1];
        const strength = 0.15 + 0.85 * Math.min(1, Math.abs(value));
        return `rgb(${side.map((part) => Math.round(pale + (part - pale) * strength)).join(" ")})`;
    }

    // A number with four digits that mean something.
    const short = (value) => Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace("-", "−") : "–";

    // "1 piece", "2 pieces".
    const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;

    // The numbers below a drawing: pairs of a name and a value.
    function list(numbers, rows) {
        numbers.replaceChildren(...rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    }

    // The axes of a plot with their ticks: `across` and `up` say where a value stands, `name` is that of the lower axis.
    function axes(pen, plot, look, { across, columns, up, rows, name }) {
        pen.font = "13px sans-serif";
        pen.fillStyle = look.ink;
        pen.strokeStyle = look.ink;
        pen.lineWidth = 0.8;
        pen.beginPath();
        pen.moveTo(plot.left, plot.top);
        pen.lineTo(plot.left, plot.bottom);
        pen.lineTo(plot.right, plot.bottom);
        pen.stroke();
        pen.textAlign = "right";
        for (const value of rows) pen.fillText(String(value), plot.left - 5, up(value) + 4);
        pen.textAlign = "center";
        for (const value of columns) pen.fillText(String(value), across(value), plot.bottom + 16);
        pen.fillText(name, (plot.left + plot.right) / 2, plot.bottom + 33);
    }

    // One call for each frame, however often it is asked for. What is asked for in a frame is done in the same one.
    let after = null;
    function once(draw) {
        let asked = false;
        const run = () => { asked = false; draw(); };
        return () => {
            if (asked) return;
            asked = true;
            if (after !== null) after.push(run);
            else requestAnimationFrame(() => {
                after = [run];
                try {
                    for (let next = 0; next < after.length; next += 1) after[next]();
                } finally {
                    after = null;
                }
            });
        };
    }

    // Bars under each other on a surface, each row with its name, its value and marks. A bar longer than its axis ends in
    // an arrow. Rows: { name, value, most, marks: [{ at, words, below }] }.
    function bars(panel, rows) {
        const look = colours();
        const pen = panel.begin();
        const height = panel.height / rows.length;
        const [left, wide, thick] = [10, panel.width - 30, 18];
        rows.forEach(({ name, value, most, marks = [] }, row) => {
            const top = row * height + 15;
            const bar = top + 28;
            pen.font = "600 14px sans-serif";
            pen.fillStyle = look.ink;
            pen.textAlign = "left";
            pen.fillText(name, left, top);
            pen.textAlign = "right";
            pen.fillText(short(value), left + wide, top);
            pen.fillStyle = look.grey;
            pen.fillRect(left, bar, wide, thick);
            pen.fillStyle = look.accent;
            if (Number.isFinite(value)) pen.fillRect(left, bar, wide * Math.min(1, value / most), thick);
            if (value > most) {
                pen.beginPath();
                pen.moveTo(left + wide, bar - 3);
                pen.lineTo(left + wide + 12, bar + thick / 2);
                pen.lineTo(left + wide, bar + thick + 3);
                pen.fill();
            }
            pen.font = "13px sans-serif";
            pen.fillStyle = pen.strokeStyle = look.ink;
            pen.lineWidth = 2;
            for (const { at, words, below } of marks) {
                if (!Number.isFinite(at) || at > most) continue;
                const x = left + wide * at / most;
                pen.beginPath();
                pen.moveTo(x, bar - (below ? 0 : 6));
                pen.lineTo(x, bar + thick + (below ? 6 : 0));
                pen.stroke();
                const room = pen.measureText(words).width;
                pen.textAlign = "left";
                pen.fillText(words, Math.min(x - 1, left + wide - room), below ? bar + thick + 18 : bar - 8);
            }
        });
    }

    // Puts a live figure into each box of the page.
    async function begin() {
        const boxes = [...document.querySelectorAll(".live[data-figure]")].filter((box) => box.dataset.figure in builders);
        const able = typeof WebAssembly !== "undefined" && typeof DecompressionStream !== "undefined";
        if (boxes.length === 0 || !able) return;
        let call;
        try {
            call = caller((await WebAssembly.instantiate(await load())).exports);
        } catch (error) {
            console.info(error.message);
            return;
        }
        for (const box of boxes) {
            const still = box.querySelector("figure");
            const spoken = make("p", { class: "live-said", "aria-live": "polite" });
            const live = builders[box.dataset.figure](call, (words) => { spoken.textContent = words; }, box.dataset);
            live.append(spoken);
            // mdBook turns the page on arrow keys, which here belong to the figure.
            live.addEventListener("keydown", (event) => event.stopPropagation());
            still?.classList.add("live-still");
            box.append(live);
            box.dataset.alive = "yes";
            live.dispatchEvent(new Event("shown"));
            new ResizeObserver(() => live.dispatchEvent(new Event("shown"))).observe(live);
            new MutationObserver(() => live.dispatchEvent(new Event("shown")))
                .observe(document.documentElement, { attributeFilter: ["class"] });
        }
    }

    document.addEventListener("DOMContentLoaded", begin);
    const figure = (name, build) => { builders[name] = build; };
    return { figure, load, caller, make, slider, choice, surface, colours, shade, short, count, list, axes, once, bars };
})();
