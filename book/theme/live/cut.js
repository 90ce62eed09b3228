// Vertices change sides under the finger, and three prices answer: crumbs are cheap by one and dear by another.
"use strict";

fiedler.figure("cut", (call, say) => {
    const { make, surface, colours, short, count, once, bars, list } = fiedler;
    // Where the vertices stand: a clump, a clump, and a crumb at the right.
    const PLACES = [[42, 110], [88, 48], [106, 120], [146, 200], [158, 98], [222, 96], [222, 200],
        [268, 116], [282, 52], [330, 100], [352, 180], [332, 248]];
    const CRUMB = PLACES.map((_, i) => (i >= 10 ? 1 : 0));

    const floor = call("split_floor", []).numbers;
    const n = PLACES.length;
    const [second, least, splits] = floor;
    const signs = [...floor.slice(3, 3 + n)];
    const edges = floor.slice(3 + n);

    let labels;
    let prices;
    let best;
    let news;
    let chosen = 0;

    const left = surface(380, 300, "A graph of twelve vertices. Arrow keys choose a vertex, space or Enter changes its side.", "manipulation");
    const right = surface(380, 300, "Bars for the cut, the normalised cut and the ratio cut, with the best values so far.");
    const numbers = make("dl", { class: "live-numbers" });

    function compute() {
        const answer = call("split", [], labels);
        prices = answer.refused ? { refused: answer.refused, three: [NaN, NaN, NaN] } : {
            three: [...answer.numbers.slice(0, 3)], sizes: answer.numbers.slice(3, 5), volumes: answer.numbers.slice(5, 7),
        };
        // A price that only rounding tells from the best is no new best.
        news = prices.three.map((price, i) => price < best[i] - 1e-12);
        best = best.map((price, i) => (news[i] ? prices.three[i] : price));
        tell();
        redraw();
    }

    function set(to) {
        labels = [...to];
        compute();
    }

    function begin() {
        best = [Infinity, Infinity, Infinity];
        chosen = 0;
        set(CRUMB);
    }

    function turn(i) {
        chosen = i;
        labels[i] = 1 - labels[i];
        compute();
    }

    function paint() {
        const look = colours();
        const hue = look.sides.map((parts) => `rgb(${parts.join(" ")})`);
        const pen = left.begin();
        for (const across of [false, true]) {
            pen.beginPath();
            for (let e = 0; e < edges.length; e += 2) {
                if ((labels[edges[e]] !== labels[edges[e + 1]]) !== across) continue;
                pen.moveTo(...PLACES[edges[e]]);
                pen.lineTo(...PLACES[edges[e + 1]]);
            }
            pen.strokeStyle = across ? look.accent : look.ink;
            pen.lineWidth = across ? 4 : 1.2;
            pen.setLineDash(across ? [7, 5] : []);
            pen.stroke();
        }
        pen.setLineDash([]);
        PLACES.forEach(([x, y], i) => {
            pen.beginPath();
            // The side is the shape too, for eyes that do not tell the colours apart.
            if (labels[i]) pen.rect(x - 12, y - 12, 24, 24);
            else pen.arc(x, y, 13.5, 0, 7);
            pen.fillStyle = hue[labels[i]];
            pen.fill();
            pen.fillStyle = look.dark ? "#000" : "#fff";
            pen.font = "600 13px sans-serif";
            pen.textAlign = "center";
            pen.fillText(String(i + 1), x, y + 4.5);
        });
        if (document.activeElement === left.canvas) {
            pen.strokeStyle = look.ink;
            pen.lineWidth = 2.5;
            pen.beginPath();
            pen.arc(...PLACES[chosen], 21, 0, 7);
            pen.stroke();
        }
        const mark = (i) => ({ at: best[i], words: `best so far ${short(best[i])}` });
        bars(right, [
            { name: "cut", value: prices.three[0], most: 8, marks: [mark(0)] },
            { name: "normalised cut", value: prices.three[1], most: 1,
                marks: [mark(1), { at: second, words: `λ₂ = ${short(second)}, the floor`, below: true }] },
            { name: "ratio cut", value: prices.three[2], most: 3, marks: [mark(2)] },
        ]);
    }

    function tell() {
        const pair = (values) => (values ? [...values].join(" and ") : "–");
        const rows = [["vertices", pair(prices.sizes)], ["volumes", pair(prices.volumes)],
            ["best so far", best.map(short).join(", ")], ["floor λ₂", short(second)]];
        list(numbers, rows);
        if (prices.refused) return say(prices.refused);
        const [c, ncut, ratio] = prices.three.map(short);
        const names = ["cut", "normalised cut", "ratio cut"].filter((_, i) => news[i]);
        say(`${prices.sizes[0]} vertices against ${prices.sizes[1]}: ${count(Number(c), "edge")} cut, normalised cut ${ncut}, `
            + `ratio cut ${ratio}. ${names.length ? `The best so far by ${names.join(", ")}.` : "No price is better than before."}`
            + (prices.three[1] < least + 1e-12 ? ` None of all ${splits.toLocaleString("en")} splits has a smaller normalised cut.` : ""));
    }

    const redraw = once(paint);

    // A click, which a finger that scrolls the page does not make.
    left.canvas.addEventListener("click", (event) => {
        const [x, y] = left.place(event);
        const far = ([px, py]) => Math.hypot(px - x, py - y);
        const nearest = PLACES.reduce((found, place, i) => (far(place) < far(PLACES[found]) ? i : found), 0);
        if (far(PLACES[nearest]) < 26) turn(nearest);
    });
    // The next vertex that way: near, and not far off to the side.
    const towards = (dx, dy) => PLACES.reduce((found, [x, y], i) => {
        const [right_on, aside] = [(x - PLACES[chosen][0]) * dx + (y - PLACES[chosen][1]) * dy,
            Math.abs((x - PLACES[chosen][0]) * dy) + Math.abs((y - PLACES[chosen][1]) * dx)];
        const far = right_on + 2 * aside;
        return right_on > 4 && far < found.far ? { i, far } : found;
    }, { i: chosen, far: Infinity }).i;
    left.canvas.addEventListener("keydown", (event) => {
        const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        if (event.key in ways) {
            chosen = towards(...ways[event.key]);
            say(`Vertex ${chosen + 1}, ${labels[chosen] ? "a square" : "a circle"}.`);
            redraw();
        } else if (event.key === " " || event.key === "Enter") {
            turn(chosen);
        } else {
            return;
        }
        event.preventDefault();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const button = (words, onclick) => make("button", { type: "button", onclick }, words);
    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" },
            button("the crumb", () => set(CRUMB)), button("the signs of z", () => set(signs)),
            button("reset", begin)),
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    begin();
    return box;
});
