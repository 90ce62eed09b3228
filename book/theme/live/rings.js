// Two rings joined by rungs: the vector that parts them is overtaken by a wave around both, and goes on behind it.
"use strict";

fiedler.figure("rings", (call, say) => {
    const { make, slider, surface, colours, shade, short, once, list, axes } = fiedler;
    const HEAD = 9;
    const STRONGEST = 0.6;
    // Above the curves for six points in each ring, the highest of all.
    const HIGHEST = 0.7;
    const first = { m: 12, t: 0.2 };
    let state = { ...first };
    let curves = [];
    let found = null;

    const left = surface(380, 300, "Two rings joined by rungs, the vertices coloured by the second eigenvector.");
    const right = surface(380, 300, "Two eigenvalues over the strength of the rungs. The left and right arrow keys change the strength.", "pan-y");
    const numbers = make("dl", { class: "live-numbers" });
    const plot = { left: 40, right: 366, top: 26, bottom: 262 };

    // A new number of points asks for all strengths, a new strength for one.
    function draw_curves() {
        const answer = call("rings_curves", [state.m, STRONGEST]);
        curves = [];
        for (let i = 0; i < (answer.numbers?.length ?? 0); i += 4) curves.push(answer.numbers.slice(i, i + 4));
        compute();
    }

    function compute() {
        const answer = call("rings_at", [state.m, state.t]);
        if (answer.refused) found = { refused: answer.refused };
        else {
            const [second, copies, of_rings, place, of_wave, rings, halves, sign, parts] = answer.numbers;
            found = { second, copies, of_rings, place, of_wave, rings, halves, sign, parts, z: answer.numbers.slice(HEAD) };
        }
        redraw();
    }

    function paint_rings(look) {
        const pen = left.begin();
        if (found.refused) return;
        const { m } = state;
        const at = (i) => {
            const angle = 2 * Math.PI * (i % m) / m - Math.PI / 2;
            const radius = i < m ? 68 : 132;
            return [left.width / 2 + radius * Math.cos(angle), left.height / 2 + radius * Math.sin(angle)];
        };
        const edge = (i, j, weight) => {
            pen.lineWidth = 3 * weight;
            pen.beginPath();
            pen.moveTo(...at(i));
            pen.lineTo(...at(j));
            pen.stroke();
        };
        pen.strokeStyle = look.ink;
        pen.globalAlpha = 0.6;
        for (let j = 0; j < m; j += 1) {
            edge(j, (j + 1) % m, 1);
            edge(m + j, m + (j + 1) % m, 1);
            if (state.t > 0) edge(j, m + j, Math.max(0.1, state.t));
        }
        pen.globalAlpha = 1;
        const scale = Math.max(...found.z.map(Math.abs));
        for (let i = 0; i < 2 * m; i += 1) {
            const [x, y] = at(i);
            pen.fillStyle = shade(found.z[i] / scale, look);
            pen.strokeStyle = look.ink;
            pen.lineWidth = 1;
            pen.beginPath();
            // The sign is the shape too.
            if (found.z[i] > 0) pen.rect(x - 7, y - 7, 14, 14);
            else pen.arc(x, y, 8, 0, 7);
            pen.fill();
            pen.stroke();
        }
    }

    const across = (t) => plot.left + t / STRONGEST * (plot.right - plot.left);

    function paint_curves(look) {
        const pen = right.begin();
        const up = (value) => plot.bottom - value / HIGHEST * (plot.bottom - plot.top);
        axes(pen, plot, look, { across, columns: [0, 0.2, 0.4, 0.6], up, rows: [0, 0.2, 0.4, 0.6], name: "strength of the rungs t" });
        if (found.refused) return;
        const [wave, rings] = look.sides.map((side) => `rgb(${side.join(" ")})`);
        const line = (column, colour, width, dashes) => {
            pen.strokeStyle = colour;
            pen.lineWidth = width;
            pen.setLineDash(dashes);
            pen.beginPath();
            for (const point of curves) {
                if (Number.isFinite(point[column])) pen.lineTo(across(point[0]), up(point[column]));
            }
            pen.stroke();
            pen.setLineDash([]);
        };
        line(3, look.ink, 1.2, [5, 4]);
        line(1, rings, 2.5, []);
        line(2, wave, 2.5, []);
        // Above the plot, where no curve comes.
        pen.textAlign = "left";
        for (const [words, colour, x] of [["the rings", rings, 44], ["the wave (twice)", wave, 118], ["halves (dashed)", look.ink, 232]]) {
            pen.fillStyle = colour;
            pen.fillText(words, x, 14);
        }
        pen.strokeStyle = look.ink;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(across(state.t), plot.top);
        pen.lineTo(across(state.t), plot.bottom);
        pen.stroke();
        for (const [value, colour] of [[found.of_rings, rings], [found.of_wave, wave]]) {
            pen.fillStyle = colour;
            pen.beginPath();
            pen.arc(across(state.t), up(value), value === found.second ? 6.5 : 4.5, 0, 7);
            pen.fill();
        }
    }

    function paint() {
        const look = colours();
        paint_rings(look);
        paint_curves(look);
        tell();
    }

    function tell() {
        const rows = found.refused ? [["refused", found.refused]] : [
            ["λ of the rings, and their Ncut", short(found.of_rings)],
            ["its place", String(found.place)],
            ["λ of the wave", short(found.of_wave)],
            ["Ncut of halves", short(found.halves)],
            ["Ncut by the sign of z₂", short(found.sign)],
            ["cheaper", found.rings < found.halves ? "the rings" : "halves"],
        ];
        list(numbers, rows);
        if (found.refused) return say(found.refused);
        const setting = `${state.m} points in each ring, rungs of ${short(state.t)}: `;
        if (found.parts && found.copies > 1) say(`${setting}level. The vector of the rings and the wave have the same λ, ${short(found.second)}.`);
        else if (found.parts) say(`${setting}the second eigenvector parts the rings, λ₂ ${short(found.second)}.`);
        else say(`${setting}the wave has come first, λ₂ ${short(found.second)}; the vector of the rings is now in place ${found.place}, λ ${short(found.of_rings)}. `
            + `The cheaper split is ${found.rings < found.halves ? "still the rings" : "halves"}.`);
    }

    const redraw = once(paint);
    const recompute = once(compute);
    const redraw_curves = once(draw_curves);
    const size = slider("points", { least: 6, most: 24, step: 2, value: state.m }, String,
        (value) => { state.m = value; redraw_curves(); });
    const rungs = slider("rungs", { least: 0, most: STRONGEST, step: 0.005, value: state.t }, (value) => value.toFixed(3),
        (value) => { state.t = value; recompute(); });
    const reset = make("button", { type: "button", onclick: () => {
        state = { ...first };
        size.set(state.m);
        rungs.set(state.t);
        draw_curves();
    } }, "reset");

    const to = (t) => {
        state.t = Math.round(200 * Math.max(0, Math.min(STRONGEST, t))) / 200;
        rungs.set(state.t);
        recompute();
    };
    const to_place = ([x]) => to((x - plot.left) / (plot.right - plot.left) * STRONGEST);
    right.grip((place) => { to_place(place); return "sideways"; }, to_place);
    right.canvas.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: -0.005, ArrowRight: 0.005 };
        if (!(event.key in steps)) return;
        event.preventDefault();
        to(state.t + steps[event.key]);
    });

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, reset), size.row, rungs.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    draw_curves();
    return box;
});
