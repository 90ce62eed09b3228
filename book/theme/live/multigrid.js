// A cycle of multigrid, button by button: what is rough goes by smoothing, what is smooth goes by way of the coarse graph.
"use strict";

fiedler.figure("multigrid", (call, say) => {
    const { make, choice, surface, colours, short, once, list } = fiedler;
    const HEAD = 2;
    const first = { n: 90, kind: 0 };
    let state = { ...first };
    // The error, and what the same number of presses would have made of it by smoothing alone.
    let now, alone, begun;
    // What has come down: the aggregates and the right side, then the coarse answer and what it stands for on the path.
    let below = null;
    let sizes = [];
    let spoken = "";
    let chosen = 0;
    // The height of the drawing, from one given error to the next.
    let scale = 1;

    const left = surface(380, 300, "The error along the path. Press and draw to make one of your own; with the keys left and right choose a vertex, up and down move it.", "none");
    const right = surface(380, 300, "Above, the coarse graph: what came down to it and its answer. Below, the size of the error after each press.");
    const numbers = make("dl", { class: "live-numbers" });

    const error = (answer) => ({ size: answer[0], roughness: answer[1], x: answer.slice(HEAD) });

    // The module's numbers, or nothing and its words.
    function ask(name, args, given) {
        const answer = call(name, args, given);
        if (!answer.refused) return answer.numbers;
        spoken = answer.refused;
        redraw();
        return null;
    }

    function start(answer, words) {
        if (answer === null) return;
        now = error(answer);
        [alone, begun, below, sizes] = [now, now, null, [[now.size, now.size]]];
        spoken = `${words} The size of the error is ${short(now.size)}, its roughness ${short(now.roughness)}.`;
        redraw();
    }
    function begin() {
        start(ask("multigrid_error", [state.n, state.kind]),
            `An error on a path of ${state.n} vertices: ${["a wave with noise", "a wave", "noise"][state.kind]}.`);
        scale = 1.15 * Math.max(...now.x.map(Math.abs));
    }

    // One press: the error's next state and the words for it. Smoothing alone takes its pair of steps, whatever is pressed.
    function pressed(next, words) {
        const before = now.size;
        const other = ask("multigrid_smooth", [1], alone.x);
        if (other === null) return;
        [now, alone] = [next, error(other)];
        sizes.push([now.size, alone.size]);
        spoken = `${words(before)} Smoothing alone would be at ${short(alone.size)}.`;
        redraw();
    }

    function refuse(words) {
        spoken = words;
        redraw();
    }

    function smooth() {
        if (below) return refuse("The error waits for the coarse graph's answer: next is “" + (below.y ? "back" : "solve there") + "”.");
        const answer = ask("multigrid_smooth", [1], now.x);
        if (answer) pressed(error(answer), (before) => `Two steps of smoothing: the size goes from ${short(before)} to ${short(now.size)}, the roughness is ${short(now.roughness)}.`);
    }

    function coarsen() {
        if (below) return refuse("It has come down already: next is “" + (below.y ? "back" : "solve there") + "”.");
        const answer = ask("multigrid_coarsen", [], now.x);
        if (answer === null) return;
        below = { m: answer[0], of: answer.slice(1, 1 + state.n), right: answer.slice(1 + state.n) };
        pressed(now, () => `What is left of the equation has gone to the ${below.m} aggregates, the bands. The error is as before, ${short(now.size)}.`);
    }

    function solve() {
        if (!below || below.y) return refuse(below ? "It is solved: next is “back”." : "Nothing is there to solve: first “coarsen”.");
        const answer = ask("multigrid_solve", [state.n], below.right);
        if (answer === null) return;
        [below.y, below.correction] = [answer.slice(0, below.m), answer.slice(below.m)];
        pressed(now, () => `The ${below.m} aggregates know the smooth part of the error, the dashed line. “Back” takes it away.`);
    }

    function back() {
        if (!below?.y) return refuse(below ? "First “solve there”." : "Nothing has come down: first “coarsen”.");
        const answer = ask("multigrid_back", [], [...now.x, ...below.correction]);
        if (answer === null) return;
        below = null;
        pressed(error(answer), (before) => `The coarse answer is taken away: the size goes from ${short(before)} to ${short(now.size)}.`);
    }

    function cycle() {
        const before = now.size;
        const rest = below ? (below.y ? [back, smooth] : [solve, back, smooth]) : [smooth, coarsen, solve, back, smooth];
        rest.forEach((step) => step());
        spoken = `${rest.length} presses: the size goes from ${short(before)} to ${short(now.size)}. Smoothing alone would be at ${short(alone.size)}.`;
        redraw();
    }

    // Across the path, with room at both ends.
    const across = (i, many, surface) => 14 + i / (many - 1) * (surface.width - 28);
    const down = (value) => 150 - Math.max(-1.1, Math.min(1.1, value / scale)) * 125;

    function line(pen, values) {
        pen.beginPath();
        values.forEach((value, i) => pen.lineTo(across(i, values.length, left), down(value)));
        pen.stroke();
    }

    function paint() {
        if (!now) return say(spoken);
        const look = colours();
        const [cold, warm] = look.sides.map((side) => `rgb(${side.join(" ")})`);
        paint_error(left.begin(), look, cold, warm);
        const pen = right.begin();
        paint_coarse(pen, look, cold);
        paint_sizes(pen, look, warm);
        tell();
    }

    function paint_error(pen, look, cold, warm) {
        if (below) {
            pen.fillStyle = look.grey;
            const half = (across(1, state.n, left) - across(0, state.n, left)) / 2;
            below.of.forEach((aggregate, i) => {
                if (aggregate % 2 === 0) pen.fillRect(across(i, state.n, left) - half, 24, 2 * half, 252);
            });
        }
        pen.strokeStyle = look.ink;
        pen.lineWidth = 0.8;
        pen.beginPath();
        pen.moveTo(10, down(0));
        pen.lineTo(left.width - 10, down(0));
        pen.stroke();
        pen.strokeStyle = look.grey;
        pen.lineWidth = 1.2;
        line(pen, begun.x);
        pen.strokeStyle = warm;
        pen.lineWidth = 2;
        line(pen, now.x);
        if (below?.y) {
            pen.strokeStyle = cold;
            pen.setLineDash([6, 4]);
            line(pen, below.correction.map((part) => -part));
            pen.setLineDash([]);
        }
        if (document.activeElement === left.canvas) {
            pen.strokeStyle = look.ink;
            pen.lineWidth = 1.5;
            pen.beginPath();
            pen.arc(across(chosen, state.n, left), down(now.x[chosen]), 6, 0, 7);
            pen.stroke();
        }
        pen.fillStyle = look.ink;
        pen.font = "13px sans-serif";
        pen.fillText(`the error on ${state.n} vertices (grey: at the start)`, 14, 16);
        if (below?.y) {
            pen.fillStyle = cold;
            pen.fillText("dashed: what the coarse graph knows of it", 14, 293);
        }
    }

    // The upper half of the right side.
    function paint_coarse(pen, look, cold) {
        const middle = 84;
        pen.fillStyle = look.ink;
        pen.font = "13px sans-serif";
        pen.fillText(!below ? "the coarse graph: nothing has come down"
            : below.y ? `the coarse graph: its ${below.m} numbers` : `the coarse graph: its right side, ${below.m} numbers`, 14, 16);
        pen.strokeStyle = look.ink;
        pen.lineWidth = 0.8;
        pen.beginPath();
        pen.moveTo(10, middle);
        pen.lineTo(right.width - 10, middle);
        pen.stroke();
        if (!below) return;
        const shown = below.y ? below.y.map((part) => -part) : below.right;
        const scale = 56 / Math.max(...shown.map(Math.abs), 1e-300);
        pen.fillStyle = cold;
        shown.forEach((value, i) => {
            const x = across(i, below.m, right);
            if (below.y) {
                pen.beginPath();
                pen.arc(x, middle - value * scale, 3, 0, 7);
                pen.fill();
            } else {
                pen.fillRect(x - 2, Math.min(middle, middle - value * scale), 4, Math.abs(value * scale));
            }
        });
    }

    // The lower half: sizes over presses, each line down is a tenth.
    function paint_sizes(pen, look, warm) {
        const [top, bottom] = [186, 284];
        const lowest = Math.max(-12, Math.min(-2, Math.floor(Math.log10(Math.min(...sizes.map(([own]) => own / begun.size))))));
        const many = Math.max(10, sizes.length - 1);
        const x = (press) => 52 + press / many * (right.width - 66);
        const y = (size) => top + Math.max(lowest, Math.log10(size / begun.size)) / lowest * (bottom - top);
        pen.fillStyle = look.ink;
        pen.font = "13px sans-serif";
        pen.fillText("its size, press by press (grey: smoothing alone)", 14, 172);
        pen.font = "12px sans-serif";
        pen.lineWidth = 0.8;
        pen.strokeStyle = look.grey;
        for (let power = 0; power >= lowest; power -= Math.ceil(-lowest / 4)) {
            const level = begun.size * 10 ** power;
            pen.fillText(power === 0 ? "1" : `10${[...String(power)].map((sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]).join("")}`, 14, y(level) + 4);
            pen.beginPath();
            pen.moveTo(48, y(level));
            pen.lineTo(right.width - 10, y(level));
            pen.stroke();
        }
        [[1, look.dim], [0, warm]].forEach(([which, colour]) => {
            pen.strokeStyle = colour;
            pen.fillStyle = colour;
            pen.lineWidth = 2;
            pen.beginPath();
            sizes.forEach((pair, press) => pen.lineTo(x(press), y(pair[which])));
            pen.stroke();
            sizes.forEach((pair, press) => {
                pen.beginPath();
                pen.arc(x(press), y(pair[which]), 2.6, 0, 7);
                pen.fill();
            });
        });
    }

    function tell() {
        const rows = [
            ["presses", String(sizes.length - 1)],
            ["size of the error", short(now.size)],
            ["by smoothing alone", short(alone.size)],
            ["its roughness (0 to 2)", short(now.roughness)],
        ];
        list(numbers, rows);
        const open = [!below, !below, below && !below.y, below?.y];
        steps.forEach((button, i) => button.setAttribute("aria-disabled", !open[i]));
        say(spoken);
    }

    const redraw = once(paint);
    const steps = [["smooth", smooth], ["coarsen", coarsen], ["solve there", solve], ["back", back]]
        .map(([words, press]) => make("button", { type: "button", onclick: press }, words));
    const whole = make("button", { type: "button", onclick: cycle }, "a whole cycle");
    const kind = choice("the error", [[0, "both"], [1, "a wave"], [2, "noise"]], state.kind,
        (value) => { state.kind = value; begin(); });
    const length = choice("how many vertices", [[90, "90"], [180, "180"]], state.n,
        (value) => { state.n = value; chosen = 0; begin(); });
    const reset = make("button", { type: "button", onclick: () => {
        state = { ...first };
        chosen = 0;
        kind.set(state.kind);
        length.set(state.n);
        begin();
    } }, "reset");

    // An error of the reader's own, by the finger or by the arrow keys. While a line is drawn it stands where the finger
    // was; its mean goes when it is done.
    const own = (x) => start(ask("multigrid_described", [], x), "An error of your own.");
    let held = null;
    const drawn = ([x, y]) => {
        const value = (150 - Math.max(25, Math.min(275, y))) / 125 * scale;
        chosen = Math.max(0, Math.min(state.n - 1, Math.round((x - 14) / (left.width - 28) * (state.n - 1))));
        const from = held.last ?? chosen;
        for (let i = Math.min(from, chosen); i <= Math.max(from, chosen); i += 1) held.x[i] = value;
        held.last = chosen;
        own(held.x);
        [now.x, begun] = [held.x, { ...now, x: held.x }];
    };
    left.grip((place) => {
        held = { x: now.x.slice(), last: null };
        drawn(place);
        return true;
    }, drawn, () => {
        own(held.x);
        held = null;
    });
    left.canvas.addEventListener("keydown", (event) => {
        const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const upward = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
        if (aside) chosen = Math.max(0, Math.min(state.n - 1, chosen + aside));
        else if (upward) own(now.x.map((value, i) => i === chosen ? value + upward : value));
        else return;
        event.preventDefault();
        redraw();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, kind.row, length.row, reset),
        make("div", { class: "live-controls" }, ...steps, whole),
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    begin();
    return box;
});
