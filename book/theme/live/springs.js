// Beads on springs: the quotient under the hand, what balance and two values do to it, and the floor that stays.
"use strict";

fiedler.figure("springs", (call, say, start) => {
    const { make, slider, surface, colours, short, once, bars } = fiedler;
    const HEAD = 6;
    const [BALANCE, TWO_VALUES] = [1, 2];
    // Heights that the drawing holds, and where beads are brought back to when others push them out of it.
    const [TALL, TOP] = [5, 4.5];
    // Seconds of the screen for one unit of time.
    const PACE = 0.3;
    const list = (words) => words.split(" ").map(Number);
    const first = {
        springs: list(start.springs ?? "2 1 2 2"), heights: list(start.heights ?? "2 2 -2 -2 -2"),
        locks: start.locks === "balance" ? BALANCE : start.locks === "free" ? 0 : TWO_VALUES,
    };
    const border = Number(start.border ?? 2);
    const n = first.heights.length;
    const nobody = n;

    let springs;
    let z;
    let locks;
    let found;
    let chosen = 0;
    // What swings: the heights it was let go from, how long ago, and the clock of the frame before; or null.
    let swing = null;

    const left = surface(380, 300, "Beads on springs. Left and right choose a bead, up and down move it.", "pan-y");
    const right = surface(380, 300, "Bars for the energy, the mass and their quotient, with the floor below the quotient.");
    const numbers = make("dl", { class: "live-numbers" });

    function take(answer) {
        if (answer.refused) {
            found = { refused: answer.refused };
            return;
        }
        const all = answer.numbers;
        const [energy, mass, balance, quotient, second, ncut] = all;
        z = [...all.slice(HEAD, HEAD + n)];
        found = { energy, mass, balance, quotient, second, ncut, degrees: all.slice(HEAD + n) };
    }

    // The beads under their locks, one of them perhaps in the hand.
    function compute(held = nobody, height = 0) {
        take(call("springs", [locks, border, held, height], [...springs, ...z]));
        const most = Math.max(...z.map(Math.abs));
        if (most > TOP) {
            // All nearer to the middle: the quotient does not notice.
            take(call("springs", [locks, border, nobody, 0], [...springs, ...z.map((height) => height * TOP / most)]));
        }
        tell();
        redraw();
    }

    function begin() {
        springs = [...first.springs];
        z = [...first.heights];
        locks = first.locks;
        chosen = 0;
        rest();
        middle.set(springs[border - 1]);
        press();
        compute();
    }

    const at = (i) => [(i + 0.5) * left.width / n, left.height / 2 - z[i] / TALL * (left.height / 2 - 14)];
    const size = (i) => 6 + 4 * Math.sqrt(found.degrees?.[i] ?? 1);

    function paint() {
        const look = colours();
        const hue = look.sides.map((parts) => `rgb(${parts.join(" ")})`);
        const pen = left.begin();
        pen.strokeStyle = look.grey;
        pen.lineWidth = 2;
        pen.beginPath();
        for (let i = 0; i < n; i += 1) {
            pen.moveTo(at(i)[0], 6);
            pen.lineTo(at(i)[0], left.height - 6);
        }
        pen.stroke();
        pen.setLineDash([4, 5]);
        pen.beginPath();
        pen.moveTo(6, left.height / 2);
        pen.lineTo(left.width - 6, left.height / 2);
        pen.stroke();
        pen.setLineDash([]);
        springs.forEach((stiffness, i) => coil(pen, look, at(i), at(i + 1), stiffness, i === border - 1));
        for (let i = 0; i < n; i += 1) {
            const [x, y] = at(i);
            const radius = size(i);
            pen.fillStyle = hue[i < border ? 0 : 1];
            pen.beginPath();
            if (i < border) pen.arc(x, y, radius, 0, 7);
            else pen.rect(x - 0.89 * radius, y - 0.89 * radius, 1.78 * radius, 1.78 * radius);
            pen.fill();
            if (document.activeElement === left.canvas && i === chosen) {
                pen.strokeStyle = look.ink;
                pen.lineWidth = 2.5;
                pen.beginPath();
                pen.arc(x, y, radius + 7, 0, 7);
                pen.stroke();
            }
        }
        const { energy, mass, quotient, second, ncut } = found;
        bars(right, [
            { name: "energy, in the springs", value: energy, most: 120 },
            { name: "mass, of the heights", value: mass, most: 120 },
            { name: "quotient R = energy / mass", value: quotient, most: 1, marks: [
                { at: second, words: `λ₂ = ${short(second)}, the floor`, below: true },
                { at: ncut, words: `normalised cut ${short(ncut)}` },
            ] },
        ]);
    }

    // A spring as a zigzag between two beads, the thicker the stiffer.
    function coil(pen, look, [x0, y0], [x1, y1], stiffness, weak) {
        if (stiffness === 0) return;
        const length = Math.hypot(x1 - x0, y1 - y0);
        const [ex, ey] = [(x1 - x0) / length, (y1 - y0) / length];
        const turns = 9;
        pen.strokeStyle = weak ? look.accent : look.ink;
        pen.lineWidth = 0.8 + 0.8 * stiffness;
        pen.lineJoin = "round";
        pen.beginPath();
        pen.moveTo(x0, y0);
        for (let turn = 0; turn <= turns; turn += 1) {
            const along = length * (0.3 + 0.4 * turn / turns);
            const aside = turn === 0 || turn === turns ? 0 : turn % 2 ? 6 : -6;
            pen.lineTo(x0 + ex * along - ey * aside, y0 + ey * along + ex * aside);
        }
        pen.lineTo(x1, y1);
        pen.stroke();
    }

    const balanced = () => Math.abs(found.balance) < 1e-9 * Math.sqrt(found.mass * found.degrees.reduce((sum, d) => sum + d, 0));

    function rows() {
        const { energy, mass, balance, quotient, second, ncut } = found;
        const zero = (value) => (balanced() ? 0 : value);
        numbers.replaceChildren(...[
            ["energy", short(energy)], ["mass", short(mass)], ["balance zᵀd", short(zero(balance))],
            ["quotient R", short(quotient)], ["floor λ₂", short(second)], ["normalised cut of the sides", short(ncut)],
        ].map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    }

    function tell(before = "") {
        if (found.refused) return say(found.refused);
        rows();
        const { energy, mass, quotient, second, ncut } = found;
        if (!Number.isFinite(quotient)) return say("All beads at 0: no energy, no mass, and no quotient.");
        const near = (x, y) => Math.abs(x - y) <= 5e-5 * Math.max(x, y);
        const floor = `the floor λ₂ is ${short(second)}`;
        const verdict = !balanced() ? `, but the beads are out of balance, and no floor holds. The normalised cut is ${short(ncut)}, and λ₂ ${short(second)}`
            : near(quotient, second) ? ": the floor λ₂ itself, and no balanced heights have less"
                : near(quotient, ncut) ? `, the normalised cut of the sides; ${floor}` : `; ${floor}`;
        say(`${before}Energy ${short(energy)} over mass ${short(mass)} is ${short(quotient)}${verdict}.`);
    }

    const redraw = once(paint);

    // Stiller screens get a step for each press in place of a motion.
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    const go = make("button", { type: "button", onclick: () => {
        if (still.matches) {
            swing ??= { from: [...z], time: 0 };
            turn(0.5);
            tell(`After ${short(swing.time)} units of time: `);
            return;
        }
        if (swing !== null) {
            rest();
            tell("Held. ");
            return;
        }
        swing = { from: [...z], time: 0, clock: null };
        name_go();
        tell("Let go. ");
        requestAnimationFrame(frame);
    } });
    function name_go() {
        go.textContent = still.matches ? "let go: a step" : swing === null ? "let go" : "hold";
    }
    still.addEventListener("change", rest);
    function rest() {
        swing = null;
        name_go();
    }
    // Some time on, in the modes.
    function turn(time) {
        swing.time += time;
        take(call("springs_swing", [locks, border, swing.time], [...springs, ...swing.from]));
        redraw();
    }
    function frame(clock) {
        if (swing === null || still.matches) return;
        // A page that was away goes on where it stopped.
        turn(Math.min(50, clock - (swing.clock ?? clock)) / 1000 / PACE);
        swing.clock = clock;
        if (!found.refused) rows();
        requestAnimationFrame(frame);
    }

    const middle = slider("middle spring", { least: 0, most: 4, step: 0.1, value: first.springs[border - 1] },
        (value) => value.toFixed(1), (value) => {
            springs[border - 1] = value;
            rest();
            compute();
        });
    const lock = (bit, words) => {
        const button = make("button", { type: "button", onclick: () => {
            locks ^= bit;
            rest();
            press();
            compute();
        } }, words);
        return { button, press: () => button.setAttribute("aria-pressed", (locks & bit) !== 0) };
    };
    const pair = [lock(BALANCE, "lock: balance"), lock(TWO_VALUES, "lock: two values")];
    const press = () => pair.forEach((one) => one.press());
    const slowest = make("button", { type: "button", onclick: () => {
        const answer = call("springs_mode", [border, 2], [...springs, ...z]);
        if (answer.refused) return say(answer.refused);
        const shape = answer.numbers.slice(HEAD, HEAD + n);
        const most = Math.max(...shape.map(Math.abs)) * Math.sign(shape[0]);
        z = [...shape].map((height) => height * 3 / most);
        locks = BALANCE;
        rest();
        press();
        compute();
    } }, "second eigenvector");
    const reset = make("button", { type: "button", onclick: begin }, "reset");

    const bring = (i, height) => {
        chosen = i;
        rest();
        compute(i, Math.max(-4, Math.min(4, height)));
    };
    const height_at = (y) => (left.height / 2 - y) / (left.height / 2 - 14) * TALL;
    let held = null;
    let wanted = 0;
    const follow = once(() => held !== null && bring(held.i, wanted));
    left.grip(([x, y]) => {
        const far = (i) => Math.hypot(at(i)[0] - x, at(i)[1] - y);
        const nearest = z.reduce((best, _, i) => (far(i) < far(best) ? i : best), 0);
        if (far(nearest) > size(nearest) + 14) return false;
        held = { i: nearest, apart: z[nearest] - height_at(y) };
        chosen = nearest;
        rest();
        redraw();
        return true;
    }, ([, y]) => {
        wanted = height_at(y) + held.apart;
        follow();
    }, (ended) => {
        if (ended) tell();
        held = null;
    });
    left.canvas.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft") chosen = Math.max(0, chosen - 1);
        else if (event.key === "ArrowRight") chosen = Math.min(n - 1, chosen + 1);
        else if (event.key === "ArrowUp") bring(chosen, z[chosen] + 0.25);
        else if (event.key === "ArrowDown") bring(chosen, z[chosen] - 0.25);
        else return;
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") say(`Bead ${chosen + 1} of ${n}, at ${short(z[chosen])}.`);
        event.preventDefault();
        redraw();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const box = make("div", { class: "live-figure" },
        make("div", { class: "live-controls" }, ...pair.map((one) => one.button), go, slowest, reset),
        middle.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas), numbers);
    box.addEventListener("shown", redraw);
    begin();
    return box;
});
