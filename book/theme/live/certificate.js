// A threshold runs along z₂, and every split that it makes has a price: the curve of all prices, and Cheeger's two bounds.
"use strict";

fiedler.figure("certificate", (call, say) => {
    const { make, slider, choice, surface, colours, short, count, once, list, axes } = fiedler;
    const HEAD = 10;
    // The seed of the post's moons.
    const POST = 1234;
    const [x0, x1, y0, y1] = [-1.5, 2.5, -1.2, 1.7];
    // The prices stand on a scale of equal factors, and the thresholds between these edges of the surface.
    const [LOW, HIGH] = [1e-3, 1.2];
    const plot = { left: 46, right: 366, top: 14, bottom: 262 };
    // The grid of the crate's field under the contour, and the width of its means.
    const [COLUMNS, ROWS, WIDTH] = [73, 55, 0.12];
    const first = { epsilon: 0.4, which: "sign" };
    let state = { ...first };
    let place = 0;
    let found = null;

    const left = surface(380, 300, "The moons, coloured by the side of the threshold; the edges between the sides are drawn thick, and a line runs between the sides.");
    const right = surface(380, 300, "Conductance and normalised cut of every threshold. The left and right arrow keys move the threshold.", "pan-y");
    const numbers = make("dl", { class: "live-numbers" });

    const moons = call("points", [0, 200, 0.05, POST]).numbers;
    const n = moons.length / 3;

    // All thresholds: only a new ε asks for them.
    function compute() {
        const answer = call("certificate_thresholds", [state.epsilon], moons);
        if (answer.refused) {
            found = { refused: answer.refused };
            return redraw();
        }
        const all = answer.numbers;
        const [m, components, second, floor, ceiling, best, best_ncut, smallest, smallest_phi, sign] = all;
        const part = (from, length) => all.slice(HEAD + from, HEAD + from + length);
        found = {
            m, components, second, floor, ceiling, best, best_ncut, smallest, smallest_phi, sign,
            z: part(0, n), order: part(n, n), ncuts: part(2 * n, n - 1), phis: part(3 * n - 1, n - 1),
            edges: all.slice(HEAD + 4 * n - 2),
        };
        const entries = moons.slice();
        found.z.forEach((entry, i) => { entries[3 * i + 2] = entry; });
        found.field = call("certificate_contour_field", [WIDTH, x0, x1, y0, y1], entries).numbers;
        choose();
    }

    // One threshold: the one that was asked for, and its split.
    function choose() {
        if (found.refused) return redraw();
        if (state.which === "sign") place = found.sign;
        if (state.which === "best") place = found.best;
        threshold.set(place);
        const sides = moons.slice();
        // Equal entries have no threshold between them, and so no price.
        found.tie = !Number.isFinite(found.ncuts[place - 1]);
        found.order.forEach((i, rank) => { sides[3 * i + 2] = rank < place ? 0 : 1; });
        const answer = found.tie ? {} : call("certificate_split", [state.epsilon], sides);
        found.sides = sides;
        [found.cut, found.below, found.above, found.ncut, found.phi] = answer.numbers ?? [NaN, NaN, NaN, NaN, NaN];
        redraw();
    }

    const at = (i) => [(moons[3 * i] - x0) / (x1 - x0) * left.width, (y1 - moons[3 * i + 1]) / (y1 - y0) * left.height];
    const side = (i) => found.sides?.[3 * i + 2] > 0.5;

    function paint_points(look) {
        const pen = left.begin();
        const edges = found.edges ?? [];
        for (const cut of [false, true]) {
            pen.strokeStyle = cut ? look.ink : look.grey;
            pen.lineWidth = cut && found.cut < 60 ? 1.3 : 0.7;
            pen.beginPath();
            for (let e = 0; e < edges.length; e += 2) {
                if ((side(edges[e]) !== side(edges[e + 1])) !== cut) continue;
                pen.moveTo(...at(edges[e]));
                pen.lineTo(...at(edges[e + 1]));
            }
            pen.stroke();
        }
        if (!found.refused) paint_contour(pen, look);
        for (let i = 0; i < n; i += 1) {
            const [x, y] = at(i);
            pen.fillStyle = found.refused ? look.ink : `rgb(${look.sides[side(i) ? 1 : 0].join(" ")})`;
            pen.beginPath();
            // The side is the shape too.
            if (side(i)) pen.rect(x - 3.2, y - 3.2, 6.4, 6.4);
            else pen.arc(x, y, 3.7, 0, 7);
            pen.fill();
        }
    }

    // Where the field passes the threshold: of each cell of the grid, a line between the sides that it crosses.
    function paint_contour(pen, look) {
        const { order, z, field } = found;
        const level = (z[order[place - 1]] + z[order[place]]) / 2;
        const spot = (column, row) => [column / (COLUMNS - 1) * left.width, left.height - row / (ROWS - 1) * left.height];
        pen.strokeStyle = look.accent;
        pen.lineWidth = 2.5;
        pen.beginPath();
        for (let row = 0; row + 1 < ROWS; row += 1) {
            for (let column = 0; column + 1 < COLUMNS; column += 1) {
                const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([right, up]) => [column + right, row + up]);
                const above = corners.map(([i, j]) => field[j * COLUMNS + i] - level);
                if (!above.every(Number.isFinite)) continue;
                const crossed = [];
                corners.forEach((corner, side) => {
                    const next = (side + 1) % 4;
                    if ((above[side] < 0) === (above[next] < 0)) return;
                    const share = above[side] / (above[side] - above[next]);
                    crossed.push(spot(...[0, 1].map((axis) => corner[axis] + share * (corners[next][axis] - corner[axis]))));
                });
                for (let end = 0; end + 1 < crossed.length; end += 2) {
                    pen.moveTo(...crossed[end]);
                    pen.lineTo(...crossed[end + 1]);
                }
            }
        }
        pen.stroke();
    }

    const across = (threshold) => plot.left + (threshold - 1) / (n - 2) * (plot.right - plot.left);
    const up = (price) => plot.bottom - Math.log(Math.min(HIGH, Math.max(LOW, price)) / LOW) / Math.log(HIGH / LOW) * (plot.bottom - plot.top);

    function paint_prices(look) {
        const pen = right.begin();
        axes(pen, plot, look, { across, columns: [1, 50, 100, 150, 199], up, rows: [0.001, 0.01, 0.1, 1], name: "points below the threshold" });
        if (found.refused) return;
        // Where φ(G) can be.
        pen.fillStyle = look.grey;
        pen.fillRect(plot.left, up(found.ceiling), plot.right - plot.left, up(found.floor) - up(found.ceiling));
        pen.lineWidth = 1.5;
        pen.setLineDash([6, 4]);
        for (const bound of [found.floor, found.ceiling]) {
            pen.beginPath();
            pen.moveTo(plot.left, up(bound));
            pen.lineTo(plot.right, up(bound));
            pen.stroke();
        }
        pen.setLineDash([]);
        pen.fillStyle = look.ink;
        pen.textAlign = "left";
        pen.fillText("√(2λ₂)", plot.left + 6, up(found.ceiling) + 16);
        pen.fillText("λ₂/2", plot.left + 6, up(found.floor) - 5);
        for (const [prices, colour, width] of [[found.ncuts, look.accent, 1.4], [found.phis, look.ink, 2.2]]) {
            pen.strokeStyle = colour;
            pen.lineWidth = width;
            pen.beginPath();
            // Where equal entries leave no room for a threshold there is no price.
            prices.forEach((price, i) => { if (Number.isFinite(price)) pen.lineTo(across(i + 1), up(price)); });
            pen.stroke();
        }
        // Names below the top, where the curves are high.
        pen.textAlign = "right";
        pen.fillStyle = look.accent;
        pen.fillText("Ncut (thin)", plot.right - 4, plot.top + 2);
        pen.fillStyle = look.ink;
        pen.fillText("φ (bold)", plot.right - 84, plot.top + 2);
        // The best threshold is a ring, the present one a line with two beads.
        pen.strokeStyle = look.accent;
        pen.lineWidth = 2;
        pen.beginPath();
        pen.arc(across(found.best), up(found.best_ncut), 6.5, 0, 7);
        pen.stroke();
        pen.strokeStyle = look.ink;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(across(place), plot.top + 8);
        pen.lineTo(across(place), plot.bottom);
        pen.stroke();
        for (const [price, colour] of [[found.ncut, look.accent], [found.phi, look.ink]]) {
            if (!Number.isFinite(price)) continue;
            pen.fillStyle = colour;
            pen.beginPath();
            pen.arc(across(place), up(price), 4, 0, 7);
            pen.fill();
        }
    }

    function paint() {
        const look = colours();
        paint_points(look);
        paint_prices(look);
        tell();
    }

    function tell() {
        const rows = found.refused ? [["refused", found.refused]] : [
            ["cut / smaller volume", `${short(found.cut)} / ${short(Math.min(found.below, found.above))}`],
            ["conductance φ", short(found.phi)],
            ["normalised cut", short(found.ncut)],
            ["best normalised cut", `${short(found.best_ncut)} (${found.best} below)`],
            ["smallest φ", `${short(found.smallest_phi)} (${found.smallest} below)`],
            ["λ₂", short(found.second)],
            ["λ₂/2", short(found.floor)],
            ["√(2λ₂)", short(found.ceiling)],
        ];
        list(numbers, rows);
        if (found.refused) return say(found.refused);
        const split = found.tie ? `Entries ${place} and ${place + 1} are equal, and no threshold parts them. `
            : `${count(place, "point")} below the threshold: φ ${short(found.phi)}, normalised cut ${short(found.ncut)}. `;
        const best = place === found.best ? "No threshold costs less. "
            : `The best threshold has ${found.best} below and costs ${short(found.best_ncut)}. `;
        say(split + best + (found.components > 1 ? `The graph is in ${found.components} pieces, so both bounds are 0.`
            : `φ(G) lies between ${short(found.floor)} and ${short(found.ceiling)}.`));
    }

    const redraw = once(paint);
    const recompute = once(compute);
    const rechoose = once(choose);
    const by_hand = (to) => {
        place = Math.max(1, Math.min(n - 1, to));
        state.which = "hand";
        which.set("hand");
        rechoose();
    };
    const threshold = slider("below", { least: 1, most: n - 1, step: 1, value: 100 }, String, by_hand);
    const epsilon = slider("ε", { least: 0.15, most: 1.2, step: 0.01, value: state.epsilon }, (value) => value.toFixed(2),
        (value) => { state.epsilon = value; recompute(); });
    const which = choice("the threshold", [["sign", "at 0, the sign"], ["best", "the best"], ["hand", "by hand"]], state.which,
        (value) => { state.which = value; rechoose(); });
    const reset = make("button", { type: "button", onclick: () => {
        state = { ...first };
        epsilon.set(state.epsilon);
        which.set(state.which);
        compute();
    } }, "reset");

    const to_place = ([x]) => by_hand(Math.round(1 + (x - plot.left) / (plot.right - plot.left) * (n - 2)));
    right.grip((place) => { to_place(place); return "sideways"; }, to_place);
    right.canvas.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
        if (!(event.key in steps)) return;
        event.preventDefault();
        by_hand(place + steps[event.key]);
    });

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, which.row, reset),
        threshold.row, epsilon.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    compute();
    return box;
});
