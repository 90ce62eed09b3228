// ε under the hand: edges come, bridges come, λ₃/λ₂ sinks, and then the colours flip.
"use strict";

fiedler.figure("similarity", (call, say, start) => {
    const { make, slider, choice, surface, colours, shade, short, count, once, list } = fiedler;
    const HEAD = 9;
    const first = { kind: Number(start.kind ?? 0), n: 200, noise: 0.05, epsilon: 0.4, which: 2 };
    let state = { ...first };
    let points = new Float64Array();
    let found = null;
    let before = null;
    let chosen = 0;

    const left = surface(380, 300, "Points joined by edges. Arrow keys move a point, n and p choose another.", "pan-y");
    const right = surface(380, 300, "The entries of the eigenvector, sorted.");
    const numbers = make("dl", { class: "live-numbers" });
    const key = make("p", { class: "live-key" }, make("span", {}, "the colour is the sign of the entry"), make("span", {}, "the shape is the true group"));

    function draw_points() {
        const answer = call("points", [state.kind, state.n, state.noise, 1234]);
        if (answer.refused) return say(answer.refused);
        points = answer.numbers;
        before = null;
        compute();
    }

    function compute() {
        const answer = call("graph", [state.epsilon, state.which], points);
        const n = points.length / 3;
        if (answer.refused) {
            found = { refused: answer.refused, z: [], edges: [] };
        } else {
            const all = answer.numbers;
            const z = all.slice(HEAD, HEAD + n);
            // An eigenvector has no sign of its own: the one nearer to the frame before.
            if (before?.length === n && z.reduce((sum, entry, i) => sum + entry * before[i], 0) < 0) {
                for (let i = 0; i < n; i += 1) z[i] = -z[i];
            }
            if (all[8]) before = z;
            const [m, components, isolated, second, third, ncut, truth, right_share] = all;
            found = { z, edges: all.slice(HEAD + 2 * n), m, components, isolated, second, third, ncut, truth, right_share };
        }
        redraw();
    }

    const bounds = () => state.kind === 0 ? [-1.5, 2.5, -1.2, 1.7] : [-1.9, 1.9, -1.5, 1.5];
    const at = (i) => {
        const [x0, x1, y0, y1] = bounds();
        return [(points[3 * i] - x0) / (x1 - x0) * left.width, (y1 - points[3 * i + 1]) / (y1 - y0) * left.height];
    };

    function paint() {
        const look = colours();
        const n = points.length / 3;
        const scale = Math.max(...[...found.z].map(Math.abs).filter(Number.isFinite), 1e-300);
        let pen = left.begin();
        pen.strokeStyle = look.grey;
        pen.lineWidth = found.m > 5000 ? 0.35 : 0.8;
        pen.beginPath();
        for (let e = 0; e < found.edges.length; e += 2) {
            pen.moveTo(...at(found.edges[e]));
            pen.lineTo(...at(found.edges[e + 1]));
        }
        pen.stroke();
        const radius = n > 400 ? 2.2 : 3.4;
        for (let i = 0; i < n; i += 1) {
            const [x, y] = at(i);
            pen.fillStyle = shade(found.z[i] / scale, look);
            pen.beginPath();
            // The true label is the shape, so that colours may be wrong.
            if (points[3 * i + 2] > 0.5) pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
            else pen.arc(x, y, radius * 1.15, 0, 7);
            pen.fill();
        }
        if (document.activeElement === left.canvas) {
            pen.strokeStyle = look.ink;
            pen.lineWidth = 1.5;
            pen.beginPath();
            pen.arc(...at(chosen), 7, 0, 7);
            pen.stroke();
        }
        pen = right.begin();
        pen.strokeStyle = look.ink;
        pen.lineWidth = 0.8;
        pen.beginPath();
        pen.moveTo(10, right.height / 2);
        pen.lineTo(right.width - 10, right.height / 2);
        pen.stroke();
        const order = [...found.z.keys()].sort((i, j) => found.z[i] - found.z[j]);
        order.forEach((i, place) => {
            if (!Number.isFinite(found.z[i])) return;
            const x = 14 + place / Math.max(1, n - 1) * (right.width - 28);
            const y = right.height / 2 - found.z[i] / scale * (right.height / 2 - 16);
            pen.fillStyle = shade(found.z[i] / scale, look);
            pen.beginPath();
            if (points[3 * i + 2] > 0.5) pen.rect(x - 2, y - 2, 4, 4);
            else pen.arc(x, y, 2.4, 0, 7);
            pen.fill();
        });
        pen.fillStyle = look.ink;
        pen.font = "13px sans-serif";
        pen.fillText(`the entries of z${"₁₂₃₄"[state.which - 1]}, sorted`, 14, 18);
        tell();
    }

    function tell() {
        const rows = found.refused ? [["refused", found.refused]] : [
            ["edges", String(found.m)],
            ["pieces", String(found.components)],
            ["λ₂", short(found.second)],
            ["λ₃ / λ₂", found.second > 1e-12 ? short(found.third / found.second) : "–"],
            ["normalised cut of the colours", short(found.ncut)],
            ["of the true labels", short(found.truth)],
            ["points right", found.isolated ? "–" : `${Math.round(100 * found.right_share)} %`],
        ];
        list(numbers, rows);
        if (found.refused) say(found.refused);
        else if (found.isolated) say(`${found.isolated} of the points stand alone, so no eigenvector is asked for: raise ε.`);
        else say(`ε ${short(state.epsilon)}: ${count(found.m, "edge")}, ${count(found.components, "piece")}, λ₂ ${short(found.second)}, `
            + `${Math.round(100 * found.right_share)} percent of the points right. `
            + (found.right_share > 0.9 ? "The colours follow the shapes." : "The colours do not follow the shapes."));
    }

    const redraw = once(paint);
    const recompute = once(compute);
    const percent = (value) => value.toFixed(2);
    const epsilon = slider("ε", { least: 0.05, most: 1.2, step: 0.01, value: state.epsilon }, percent,
        (value) => { state.epsilon = value; recompute(); });
    const noise = slider("noise", { least: 0, most: 0.2, step: 0.005, value: state.noise }, (value) => value.toFixed(3),
        (value) => { state.noise = value; draw_points(); });
    const kind = choice("the data", [[0, "moons"], [1, "bull's-eye"]], state.kind,
        (value) => { state.kind = value; draw_points(); });
    const size = choice("how many points", [[200, "200"], [1000, "1,000"]], state.n,
        (value) => { state.n = value; draw_points(); });
    const vector = choice("the eigenvector", [[2, "z₂"], [3, "z₃"], [4, "z₄"]], state.which,
        (value) => { state.which = value; before = null; recompute(); });
    const reset = make("button", { type: "button", onclick: () => {
        state = { ...first };
        epsilon.set(state.epsilon);
        noise.set(state.noise);
        for (const [part, value] of [[kind, state.kind], [size, state.n], [vector, state.which]]) part.set(value);
        draw_points();
    } }, "reset");

    // A point under the finger, or under the arrow keys.
    const move = (i, dx, dy) => {
        const [x0, x1, y0, y1] = bounds();
        points[3 * i] += dx / left.width * (x1 - x0);
        points[3 * i + 1] -= dy / left.height * (y1 - y0);
        recompute();
    };
    let held = null;
    left.grip(([x, y]) => {
        const far = (i) => Math.hypot(at(i)[0] - x, at(i)[1] - y);
        const nearest = [...Array(points.length / 3).keys()].reduce((best, i) => (far(i) < far(best) ? i : best), 0);
        if (far(nearest) > 16) return false;
        chosen = nearest;
        held = [x, y];
        return true;
    }, ([x, y]) => {
        move(chosen, x - held[0], y - held[1]);
        held = [x, y];
    });
    left.canvas.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] };
        const n = points.length / 3;
        if (event.key in steps) move(chosen, ...steps[event.key]);
        else if (event.key === "n") chosen = (chosen + 1) % n;
        else if (event.key === "p") chosen = (chosen + n - 1) % n;
        else return;
        event.preventDefault();
        redraw();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, kind.row, size.row, vector.row, reset),
        epsilon.row, noise.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), key, numbers);
    box.addEventListener("shown", redraw);
    draw_points();
    return box;
});
