// Weak edges between three complete graphs: the corners blur, and the theorem says by how much at most.
"use strict";

fiedler.figure("perturbation", (call, say) => {
    const { make, slider, surface, colours, short, once, list } = fiedler;
    const HEAD = 10;
    const SIZE = 10;
    // Units of the surface for one of an entry.
    const SCALE = 1350;
    const first = { size: 0.3, seed: 4 };
    let state = { ...first };
    let found = null;

    const left = surface(380, 300, "The rows of the second and third eigenvector: one mark for each of 30 vertices, a shape for each complete graph.");
    const right = surface(380, 300, "Two bars: the sine of the angle, and its bound. Below them the six smallest eigenvalues.");
    const numbers = make("dl", { class: "live-numbers" });

    // What rounding leaves of 0 is 0.
    const told = (value) => short(Math.abs(value) < 1e-12 ? 0 : value);

    function compute() {
        const answer = call("perturbation_rows", [state.size, state.seed]);
        if (answer.refused) found = { refused: answer.refused };
        else {
            const [sine, bound, norm, gap] = answer.numbers;
            found = { sine, bound, norm, gap, values: answer.numbers.slice(4, HEAD), rows: answer.numbers.slice(HEAD) };
        }
        redraw();
    }

    // One scale for both axes and for every size of the weights, so that nothing but the rows moves.
    const at = (x, y) => [left.width / 2 + x * SCALE, left.height / 2 - y * SCALE];

    function mark(pen, part, x, y, radius) {
        pen.beginPath();
        if (part === 0) pen.arc(x, y, radius, 0, 7);
        else if (part === 1) pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
        else {
            pen.moveTo(x, y - 1.3 * radius);
            pen.lineTo(x + 1.2 * radius, y + radius);
            pen.lineTo(x - 1.2 * radius, y + radius);
            pen.closePath();
        }
        pen.fill();
    }

    function paint_rows(look) {
        const pen = left.begin();
        pen.font = "13px sans-serif";
        pen.strokeStyle = look.grey;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(...at(-1, 0));
        pen.lineTo(...at(1, 0));
        pen.moveTo(...at(0, -1));
        pen.lineTo(...at(0, 1));
        pen.stroke();
        pen.fillStyle = look.ink;
        pen.fillText("z₂", left.width - 22, left.height / 2 - 6);
        pen.fillText("z₃", left.width / 2 + 6, 16);
        if (found.refused) return;
        const middle = (part) => [0, 1].map((axis) => {
            let sum = 0;
            for (let i = part * SIZE; i < (part + 1) * SIZE; i += 1) sum += found.rows[2 * i + axis];
            return sum / SIZE;
        });
        pen.strokeStyle = look.ink;
        pen.lineWidth = 1.2;
        pen.beginPath();
        for (const part of [0, 1, 2, 0]) pen.lineTo(...at(...middle(part)));
        pen.stroke();
        const parts = [...look.sides.map((side) => `rgb(${side.join(" ")})`), look.accent];
        for (let i = 0; i < 3 * SIZE; i += 1) {
            const part = Math.floor(i / SIZE);
            pen.fillStyle = parts[part];
            mark(pen, part, ...at(found.rows[2 * i], found.rows[2 * i + 1]), 4);
        }
    }

    function paint_bars(look) {
        const pen = right.begin();
        const across = (value) => 20 + Math.min(1.25, value) / 1.25 * (right.width - 40);
        pen.font = "14px sans-serif";
        const bar = (y, name, value, colour) => {
            pen.fillStyle = look.ink;
            pen.textAlign = "left";
            pen.fillText(name, 20, y - 8);
            pen.textAlign = "right";
            pen.fillText(told(value), right.width - 20, y - 8);
            pen.fillStyle = look.grey;
            pen.fillRect(20, y, right.width - 40, 24);
            pen.fillStyle = colour;
            pen.fillRect(20, y, Math.max(1, across(Number.isFinite(value) ? value : 2) - 20), 24);
        };
        if (found.refused) return;
        bar(32, "sin Θ: how far the space has turned", found.sine, `rgb(${look.sides[0].join(" ")})`);
        bar(96, "‖E‖ / δ: how far it can", found.bound, `rgb(${look.sides[1].join(" ")})`);
        // No sine is above 1.
        pen.strokeStyle = look.ink;
        pen.lineWidth = 1.5;
        pen.setLineDash([5, 4]);
        pen.beginPath();
        pen.moveTo(across(1), 28);
        pen.lineTo(across(1), 124);
        pen.stroke();
        pen.setLineDash([]);
        pen.fillStyle = look.ink;
        pen.textAlign = "center";
        pen.fillText("1", across(1), 140);
        pen.textAlign = "left";
        pen.fillText("eigenvalues: three, then the gap", 20, 184);
        const line = 216;
        pen.fillStyle = look.grey;
        pen.fillRect(across(found.values[2]), line - 14, across(found.values[3]) - across(found.values[2]), 28);
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(20, line + 14);
        pen.lineTo(right.width - 20, line + 14);
        pen.stroke();
        pen.lineWidth = 2.5;
        found.values.forEach((value) => {
            pen.beginPath();
            pen.moveTo(across(value), line - 14);
            pen.lineTo(across(value), line + 14);
            pen.stroke();
        });
        pen.fillStyle = look.ink;
        pen.textAlign = "center";
        for (const tick of [0, 0.5, 1]) pen.fillText(String(tick), across(tick), line + 32);
    }

    function paint() {
        const look = colours();
        paint_rows(look);
        paint_bars(look);
        tell();
    }

    function tell() {
        const rows = found.refused ? [["refused", found.refused]] : [
            ["sin Θ", told(found.sine)],
            ["its bound ‖E‖/δ", told(found.bound)],
            ["‖E‖", told(found.norm)],
            ["δ", told(found.gap)],
            ["λ₃", told(found.values[2])],
            ["λ₄", told(found.values[3])],
        ];
        list(numbers, rows);
        if (found.refused) return say(found.refused);
        const size = `Weights near ${told(state.size)}: sin Θ is ${told(found.sine)}, `;
        if (found.bound > 1) say(`${size}and the bound, ${told(found.bound)}, says no more: no sine is above 1.`);
        else say(`${size}at most ${told(found.bound)} by Davis and Kahan.`);
    }

    const redraw = once(paint);
    const recompute = once(compute);
    const size = slider("weights near", { least: 0, most: 1, step: 0.01, value: state.size }, (value) => value.toFixed(2),
        (value) => { state.size = value; recompute(); });
    const others = make("button", { type: "button", onclick: () => { state.seed += 1; recompute(); } }, "other random weights");
    const reset = make("button", { type: "button", onclick: () => {
        state = { ...first };
        size.set(state.size);
        compute();
    } }, "reset");

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, others, reset), size.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    compute();
    return box;
});
