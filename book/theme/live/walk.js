// A walker is let loose: colour fills its moon, leaks to the other, and the modes die one after the other.
"use strict";

fiedler.figure("walk", (call, say) => {
    const { make, slider, surface, colours, shade, short, once, list } = fiedler;
    const [EPSILON, MOST, PLACES, BARS, HEAD] = [0.4, 2000, 100, 6, 16];
    const first = { start: 0, place: 40 };
    let state = { ...first };

    // From place to place of the slider the steps grow, by one at first and by a hundred in the end.
    const steps = (place) => Math.max(place, Math.round(MOST * Math.expm1(place / 20) / Math.expm1(PLACES / 20)));

    const points = call("walk_points", []).numbers;
    const n = points.length / 3;
    // The first start is the point at the far left: the end of a moon.
    for (let i = 0; i < n; i += 1) if (points[3 * i] < points[3 * first.start]) first.start = i;
    state = { ...first };
    const graph = call("graph", [EPSILON, 2], points).numbers;
    const edges = graph.slice(9 + 2 * n);
    const modes = call("walk_modes", [EPSILON], points).numbers;
    let found = null;

    const left = surface(380, 300, "Points joined by edges, coloured by the walker's chance to be there. Press a point to start there; n and p choose the next and the one before.", "manipulation");
    const right = surface(380, 300, "Six bars, one for each of the first eigenvectors: how much of it is left after so many steps.");
    const numbers = make("dl", { class: "live-numbers" });
    const key = make("p", { class: "live-key" });

    const at = (i) => [(points[3 * i] + 1.5) / 4 * left.width, (1.7 - points[3 * i + 1]) / 2.9 * left.height];

    function compute() {
        const answer = call("walk_after", [state.start, steps(state.place)], modes);
        if (answer.refused) return say(answer.refused);
        const all = answer.numbers;
        const [circles, squares, distance, others] = all;
        found = {
            circles, squares, distance, others,
            left: all.slice(4, 4 + BARS), whole: all.slice(4 + BARS, HEAD), ratio: all.slice(HEAD),
        };
        redraw();
    }

    function paint() {
        if (found === null) return;
        const look = colours();
        paint_points(left.begin(), look);
        paint_bars(right.begin(), look);
        tell(look);
    }

    function paint_points(pen, look) {
        pen.strokeStyle = look.grey;
        pen.lineWidth = 0.8;
        pen.beginPath();
        for (let e = 0; e < edges.length; e += 2) {
            pen.moveTo(...at(edges[e]));
            pen.lineTo(...at(edges[e + 1]));
        }
        pen.stroke();
        for (let i = 0; i < n; i += 1) {
            const [x, y] = at(i);
            // Nothing there is the one end, twice its share or more is the other.
            pen.fillStyle = shade(Math.max(-1, Math.min(1, found.ratio[i] - 1)), look);
            pen.beginPath();
            if (points[3 * i + 2] > 0.5) pen.rect(x - 3.4, y - 3.4, 6.8, 6.8);
            else pen.arc(x, y, 3.9, 0, 7);
            pen.fill();
        }
        pen.strokeStyle = look.ink;
        pen.lineWidth = document.activeElement === left.canvas ? 2.5 : 1.5;
        pen.beginPath();
        pen.arc(...at(state.start), 7.5, 0, 7);
        pen.stroke();
    }

    function paint_bars(pen, look) {
        const [bottom, high] = [right.height - 34, right.height - 74];
        const wide = (right.width - 28) / BARS;
        // One scale for each start: bars only sink.
        const most = Math.max(...found.whole);
        pen.textAlign = "center";
        for (let k = 0; k < BARS; k += 1) {
            const x = 14 + (k + 0.5) * wide;
            const tall = (share) => share / most * high;
            pen.fillStyle = k === 0 ? (look.dim) : `rgb(${look.sides[1].join(" ")})`;
            pen.fillRect(x - wide * 0.32, bottom - tall(found.left[k]), wide * 0.64, tall(found.left[k]));
            pen.strokeStyle = look.ink;
            pen.lineWidth = 0.8;
            pen.setLineDash([3, 3]);
            pen.strokeRect(x - wide * 0.32, bottom - tall(found.whole[k]), wide * 0.64, tall(found.whole[k]));
            pen.setLineDash([]);
            pen.fillStyle = look.ink;
            pen.font = "14px sans-serif";
            pen.fillText(`z${"₁₂₃₄₅₆"[k]}`, x, bottom + 18);
            pen.font = "12px sans-serif";
            pen.fillText(found.left[k].toFixed(2), x, bottom - tall(found.whole[k]) - 5);
        }
        pen.strokeStyle = look.ink;
        pen.beginPath();
        pen.moveTo(10, bottom);
        pen.lineTo(right.width - 10, bottom);
        pen.stroke();
        pen.textAlign = "start";
        pen.font = "13px sans-serif";
        pen.fillText("what is left of each eigenvector (dashed: at the start)", 14, 16);
    }

    function tell(look) {
        // Rounding may leave less than nothing.
        const percent = (share) => (100 * Math.max(0, share)).toFixed(1);
        const values = modes.slice(0, 3);
        const rows = [
            ["lazy steps", steps(state.place).toLocaleString("en")],
            ["in the moon of circles", `${percent(found.circles)} %`],
            ["in the moon of squares", `${percent(found.squares)} %`],
            ["distance from π", short(Number(found.distance.toFixed(4)))],
            [`the other ${n - BARS} together`, found.others < 0.0005 ? "0" : found.others.toFixed(3)],
            ["λ₂, λ₃", `${short(values[1])}, ${short(values[2])}`],
        ];
        list(numbers, rows);
        const shown = (value, words) => {
            const patch = make("span", { class: "live-patch" });
            patch.style.background = shade(value, look);
            return make("span", {}, patch, words);
        };
        if (playing !== null) return;
        key.replaceChildren(shown(-1, "no chance"), shown(0, "its share in the long run"), shown(1, "twice that or more"));
        say(`After ${steps(state.place).toLocaleString("en")} lazy steps from point ${state.start + 1} of ${n} the walker is in the `
            + `moon of circles with ${percent(found.circles)} percent and in the moon of squares with `
            + `${percent(found.squares)}. Of z₂ ${found.left[1].toFixed(2)} is left, of z₃ ${found.left[2].toFixed(2)}.`);
    }

    const redraw = once(paint);
    const recompute = once(compute);
    const walk = slider("steps", { least: 0, most: PLACES, step: 1, value: state.place },
        (place) => steps(place).toLocaleString("en"), (place) => { halt(); state.place = place; recompute(); });

    // The walk by itself: a place of the slider in so many milliseconds. Stiller screens get a stretch for each press.
    const [PACE, STRETCH] = [70, 10];
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    let playing = null;
    const go = make("button", { type: "button", onclick: () => {
        if (playing !== null) return halt();
        if (state.place === PLACES) on(-PLACES);
        if (still.matches) return on(STRETCH);
        playing = { clock: null };
        name_go();
        say("The walk goes on by itself. Press “stop” to halt it.");
        requestAnimationFrame(frame);
    } });
    function name_go() {
        go.textContent = playing ? "stop" : still.matches ? `${STRETCH} places on` : "walk by itself";
    }
    function on(places) {
        state.place = Math.min(PLACES, state.place + places);
        walk.set(state.place);
        recompute();
    }
    function halt() {
        if (playing === null) return;
        playing = null;
        name_go();
        recompute();
    }
    function frame(clock) {
        if (playing === null) return;
        const places = playing.clock === null ? 0 : Math.floor((clock - playing.clock) / PACE);
        // A page that was away goes on where it stopped.
        if (places > 0 || playing.clock === null) playing.clock = clock;
        if (places > 0) on(Math.min(places, 3));
        if (state.place === PLACES || still.matches) return halt();
        requestAnimationFrame(frame);
    }
    still.addEventListener("change", name_go);
    name_go();

    const reset = make("button", { type: "button", onclick: () => {
        halt();
        state = { ...first };
        walk.set(state.place);
        recompute();
    } }, "reset");

    // A click, which a finger that scrolls the page does not make.
    left.canvas.addEventListener("click", (event) => {
        const [x, y] = left.place(event);
        const far = (i) => Math.hypot(at(i)[0] - x, at(i)[1] - y);
        const nearest = [...Array(n).keys()].reduce((best, i) => (far(i) < far(best) ? i : best), 0);
        if (far(nearest) > 20) return;
        state.start = nearest;
        left.canvas.focus({ preventScroll: true });
        recompute();
    });
    left.canvas.addEventListener("keydown", (event) => {
        if (event.key === "n") state.start = (state.start + 1) % n;
        else if (event.key === "p") state.start = (state.start + n - 1) % n;
        else return;
        event.preventDefault();
        recompute();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, go, reset), walk.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), key, numbers);
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") halt(); });
    box.addEventListener("shown", redraw);
    compute();
    return box;
});
