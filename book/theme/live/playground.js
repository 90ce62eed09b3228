// The playground: points that the reader draws or brings, and what the estimator says of them.
"use strict";

fiedler.figure("playground", (call, say) => {
    const { make, slider, choice, surface, colours, short, count, once, load, caller } = fiedler;
    const HEAD = 11;
    const LIMIT = 2000;
    // Up to so many points an answer comes while the hand is still there; more are left to a worker.
    const AT_ONCE = 250;
    // Milliseconds after which a worker's old question is dropped for a new one.
    const PATIENCE = 1000;
    const LARGEST_FILE = 2e6;
    const EXAMPLES = [
        { name: "moons", clusters: 2, code: "fiedler::data::blog_moons().x" },
        { name: "circles", clusters: 2, code: "fiedler::data::circles(200, 0.05, 0.4, 0)?.x" },
        { name: "blobs", clusters: 3, code: "fiedler::data::blobs(200, 2, 3, 1.0, 7)?.x" },
        { name: "iris", clusters: 3, code: "fiedler::data::iris().x" },
    ];
    // Of each graph: its number's name, what the crate's rules offer, and both in Rust.
    const GRAPHS = [
        { name: "automatic" },
        {
            name: "ε", number: "ε", offers: () => ["just one piece", "just no one alone"],
            code: ["GraphRule::Epsilon(fiedler::parameters::connecting_distance(&x)?)", "GraphRule::MaxMinEpsilon"],
            own: (value) => `GraphRule::Epsilon(${float(value)})`,
        },
        {
            name: "neighbours", number: "k", offers: ([one, other]) => [`⌈ln n⌉ = ${one}`, `⌈log₁₀ n⌉ = ${other}`],
            code: ["Ln", "Log10"].map((rule) => `GraphRule::nearest_neighbors(fiedler::parameters::NeighborCount::${rule})`),
            own: (value) => `GraphRule::nearest_neighbors(${value})`,
        },
        {
            name: "Gaussian", number: "σ", offers: () => ["mean distance of neighbours", "median distance"],
            code: [
                "GraphRule::gaussian(fiedler::parameters::Bandwidth::MeanNeighborDistance(fiedler::parameters::NeighborCount::Ln))",
                "GraphRule::gaussian(fiedler::parameters::Bandwidth::MedianDistance)",
            ],
            own: (value) => `GraphRule::gaussian(${float(value)})`,
        },
    ];
    // What the crate can be told of a file, in the order of `playground::table`, and the same in Rust.
    const SETTINGS = [
        ["columns are separated by", ["find out", "commas", "commas and blanks", "semicolons", "tabs", "bars", "spaces"],
            ["", "Comma", "CommaSpace", "Semicolon", "Tab", "Bar", "Spaces"].map((name) => name && `.delimiter(fiedler::read::Delimiter::${name})`)],
        ["decimal mark", ["find out", "point", "comma"],
            ["", "Point", "Comma"].map((name) => name && `.decimal_mark(fiedler::read::DecimalMark::${name})`)],
        ["header", ["find out", "yes", "no"], ["", ".header(true)", ".header(false)"]],
    ];
    const SHAPES = "●■▲◆▼✚✖★";

    // pick is the rule that gives the number, or null where the hand does.
    const first = () => ({
        example: 0, graph: 1, clusters: EXAMPLES[0].clusters, eigengap: false,
        picks: [null, 0, 0, 0], own: [NaN, NaN, NaN, NaN],
    });
    let state = first();
    let points = [];
    let columns = 2;
    let names = null;
    let file = null;
    let found = null;
    // What the crate's rules offered at last, and the number that was taken.
    let offers = [NaN, NaN];
    let taken = NaN;
    let view = null;
    let cross = [240, 180];

    const left = surface(480, 360, "Points. Click or drag to set some; arrow keys move a cross, space sets a point there, backspace takes the last one away.", "none");
    const right = surface(480, 360, "The smallest eigenvalues.");
    const legend = make("p", { class: "playground-legend" });
    const numbers = make("dl", { class: "live-numbers" });
    const certificate = make("pre", { class: "playground-words", tabindex: 0, "aria-label": "The certificate" });
    const warnings = make("p", { class: "playground-warnings" });
    const note = make("p", { class: "playground-note", "aria-live": "polite" });
    const code = make("pre", { class: "playground-words playground-code", tabindex: 0, "aria-label": "The same in Rust", hidden: "" });
    const size = () => points.length / columns;

    // The points' own numbers

    function take_example(kind) {
        const all = call("playground_example", [kind]).numbers;
        state.example = kind;
        state.clusters = EXAMPLES[kind].clusters;
        take(all[0], [...all.slice(1)], null);
    }

    function take(width, values, titles) {
        [columns, points, names, found] = [width, values, titles, null];
        fit_view();
        for (const graph of [1, 2, 3]) if (state.picks[graph] === null) state.picks[graph] = 0;
        compute();
    }

    // The window on the first two columns; both at one scale, unless that would leave a line to look at.
    function fit_view() {
        const range = (axis) => {
            let [least, most] = [Infinity, -Infinity];
            for (let at = axis; at < points.length; at += columns) {
                least = Math.min(least, points[at]);
                most = Math.max(most, points[at]);
            }
            if (least > most) return [0, axis === 0 ? 4 : 3];
            return least < most ? [least, most] : [least - 1, most + 1];
        };
        const [across, up] = [range(0), range(1)];
        const margin = 24;
        let scales = [(left.width - 2 * margin) / (across[1] - across[0]), (left.height - 2 * margin) / (up[1] - up[0])];
        const least = Math.min(...scales);
        if (Math.max(...scales) < 5 * least) scales = [least, least];
        view = { scales, middle: [(across[0] + across[1]) / 2, (up[0] + up[1]) / 2] };
    }

    const at = (i) => [
        left.width / 2 + (points[columns * i] - view.middle[0]) * view.scales[0],
        left.height / 2 - (points[columns * i + 1] - view.middle[1]) * view.scales[1],
    ];
    // No more digits than the eye can set.
    const value_at = ([x, y]) => [
        (x - left.width / 2) / view.scales[0] + view.middle[0], (left.height / 2 - y) / view.scales[1] + view.middle[1],
    ].map((value, axis) => {
        const digits = Math.max(0, Math.min(20, Math.ceil(Math.log10(view.scales[axis])) + 1));
        return Number(value.toFixed(digits));
    });

    function set_point(place) {
        if (columns !== 2) return say(`These points have ${columns} columns, and a hand sets two numbers: clear the canvas first.`);
        if (size() >= LIMIT) return say(`This page takes ${LIMIT} points at most.`);
        points = [...points, ...value_at(place)];
        drawn();
    }

    function take_back() {
        points = points.slice(0, -columns);
        drawn();
    }

    function drawn() {
        state.example = null;
        file = null;
        settings_row.hidden = true;
        note.textContent = "";
        recompute();
    }

    // A file

    async function open(chosen) {
        if (!chosen) return;
        if (chosen.size > LARGEST_FILE) {
            note.textContent = `Not read. ${chosen.name} has ${short(chosen.size / 1e6)} million bytes, and this page reads 2 at most: bring a part of it.`;
            return;
        }
        try {
            file = { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) };
        } catch (error) {
            note.textContent = `${chosen.name}: ${error.message}`;
            return;
        }
        for (const select of selects) select.value = 0;
        read();
    }

    function read() {
        const answer = call("playground_table", selects.map((select) => Number(select.value)), file.bytes);
        settings_row.hidden = false;
        if (answer.refused) {
            note.textContent = `Not read. ${file.name}: ${answer.refused}. What is drawn below is what was there before.`;
            return;
        }
        note.textContent = `${file.name}: ${answer.text.split("\n")[0]}.`;
        const titles = answer.text.split("\n").slice(1);
        state.example = "file";
        take(answer.numbers[0], [...answer.numbers.slice(1)], titles.length ? titles : null);
    }

    // The crate's answer: at once, or by a worker, which gets these functions as they stand here

    function solve(call, { id, points, columns, graph, pick, own, clusters }) {
        const began = performance.now();
        const offers = call("playground_offers", [columns, graph], points).numbers ?? [NaN, NaN];
        const value = pick === null ? own : offers[pick];
        const answer = call("playground_cluster", [columns, graph, value, clusters], points);
        return { id, offers, value, ...answer, milliseconds: performance.now() - began };
    }

    let asked = 0;
    let waiting = null;
    let busy = false;
    let since = 0;
    let worker = null;

    function compute() {
        const { graph } = state;
        const clusters = state.eigengap ? 0 : state.clusters;
        const job = { id: ++asked, points, columns, graph, pick: state.picks[graph], own: state.own[graph], clusters };
        waiting = null;
        if (size() <= AT_ONCE) return show(solve(call, job));
        if (found?.labels?.length !== size()) found = null;
        waiting = job;
        say(`${size()} points are on their way to an answer …`);
        redraw();
        next();
    }

    function next() {
        if (waiting === null) return;
        if (busy && performance.now() - since > PATIENCE) {
            worker.terminate();
            [worker, busy] = [null, false];
        }
        if (busy) return;
        worker ??= hired();
        [busy, since] = [true, performance.now()];
        worker.postMessage(waiting);
        waiting = null;
    }

    function hired() {
        const source = `"use strict"; const caller = ${caller}; const solve = ${solve}; let ready;
            const call = new Promise((resolve) => { ready = resolve; });
            onmessage = async ({ data }) => {
                if (data instanceof WebAssembly.Module) ready(caller((await WebAssembly.instantiate(data)).exports));
                else postMessage(solve(await call, data));
            };`;
        const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
        const begun = new Worker(address);
        begun.onmessage = ({ data }) => {
            busy = false;
            if (data.id === asked) show(data);
            next();
        };
        load().then((module) => begun.postMessage(module));
        return begun;
    }

    function show({ numbers: all, refused, text, milliseconds, ...rest }) {
        [offers, taken] = [rest.offers, rest.value];
        found = { refused, milliseconds };
        if (!refused) {
            const [n, clusters, e, m, given, components, bridges, doubts, cut, bound, ratio] = all;
            const lists = all.slice(HEAD);
            const lines = text.split("\n");
            Object.assign(found, {
                n, clusters, m, components, cut, bound, ratio,
                labels: lists.slice(0, n),
                eigenvalues: lists.slice(n, n + e),
                edges: lists.slice(n + e, n + e + 2 * given),
                bridges: lists.slice(n + e + 2 * given, n + e + 2 * given + 2 * bridges),
                warnings: lines.slice(lines.length - doubts),
                rule: lines[lines.length - doubts - 1],
                certificate: lines.slice(0, lines.length - doubts - 1).join("\n"),
            });
            // A cluster has the colour of its first point, so that colours stay while points are added.
            found.colour = [];
            found.labels.forEach((label) => { if (!found.colour.includes(label)) found.colour.push(label); });
        }
        tell();
        redraw();
    }

    // What is seen

    const shape_paths = [
        (pen, r) => pen.arc(0, 0, r, 0, 7),
        (pen, r) => pen.rect(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r),
        (pen, r) => polygon(pen, [[0, -1.2 * r], [1.1 * r, 0.8 * r], [-1.1 * r, 0.8 * r]]),
        (pen, r) => polygon(pen, [[0, -1.25 * r], [1.25 * r, 0], [0, 1.25 * r], [-1.25 * r, 0]]),
        (pen, r) => polygon(pen, [[0, 1.2 * r], [1.1 * r, -0.8 * r], [-1.1 * r, -0.8 * r]]),
        (pen, r) => { pen.rect(-1.2 * r, -0.4 * r, 2.4 * r, 0.8 * r); pen.rect(-0.4 * r, -1.2 * r, 0.8 * r, 2.4 * r); },
        (pen, r) => { pen.rotate(Math.PI / 4); shape_paths[5](pen, r); },
        (pen, r) => polygon(pen, [...Array(10).keys()].map((corner) => {
            const [long, angle] = [corner % 2 ? 0.6 * r : 1.4 * r, corner * Math.PI / 5];
            return [long * Math.sin(angle), -long * Math.cos(angle)];
        })),
    ];

    function polygon(pen, corners) {
        corners.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
        pen.closePath();
    }

    function paint() {
        // Points have come or gone, and the answer on them will paint anew.
        if (found?.labels && found.labels.length !== size()) return;
        const look = colours();
        const style = getComputedStyle(box);
        paint_points(look, [...SHAPES].map((_, i) => style.getPropertyValue(`--cluster-${i}`)));
        paint_eigenvalues(look);
    }

    function paint_points(look, palette) {
        const pen = left.begin();
        const lines = (ends) => {
            pen.beginPath();
            for (let e = 0; e < ends.length; e += 2) {
                pen.moveTo(...at(ends[e]));
                pen.lineTo(...at(ends[e + 1]));
            }
            pen.stroke();
        };
        if (found?.labels) {
            pen.strokeStyle = look.grey;
            pen.lineWidth = found.m > 5000 ? 0.4 : 0.9;
            lines(found.edges);
            pen.strokeStyle = look.accent;
            pen.lineWidth = 2;
            lines(found.bridges);
        }
        const radius = size() > 400 ? 2.6 : 4;
        for (let i = 0; i < size(); i += 1) {
            const cluster = found?.labels ? found.colour.indexOf(found.labels[i]) : null;
            pen.save();
            pen.translate(...at(i));
            pen.beginPath();
            shape_paths[(cluster ?? 0) % SHAPES.length](pen, radius);
            pen.fillStyle = pen.strokeStyle = cluster === null ? look.ink : palette[cluster % palette.length];
            if (cluster === null) pen.stroke();
            else pen.fill();
            pen.restore();
        }
        if (document.activeElement === left.canvas) {
            pen.strokeStyle = look.ink;
            pen.lineWidth = 1.5;
            pen.beginPath();
            for (const [dx, dy] of [[10, 0], [0, 10]]) {
                pen.moveTo(cross[0] - dx, cross[1] - dy);
                pen.lineTo(cross[0] + dx, cross[1] + dy);
            }
            pen.stroke();
        }
        if (size() === 0) {
            pen.fillStyle = look.ink;
            pen.font = "18px sans-serif";
            pen.textAlign = "center";
            pen.fillText("Draw here: click or drag.", left.width / 2, 60);
            pen.textAlign = "start";
        }
    }

    function paint_eigenvalues(look) {
        const pen = right.begin();
        pen.font = "17px sans-serif";
        pen.fillStyle = look.ink;
        const values = found?.eigenvalues ?? [];
        if (values.length === 0) return;
        pen.fillText("the smallest eigenvalues", 16, 24);
        const most = Math.max(...values, 1e-300);
        const axis = 96;
        const place = (j) => [
            axis + (j + 0.5) * (right.width - axis - 20) / values.length,
            right.height - 40 - Math.max(0, values[j]) / most * (right.height - 100),
        ];
        pen.strokeStyle = look.ink;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(axis, 44);
        pen.lineTo(axis, right.height - 40);
        pen.lineTo(right.width - 20, right.height - 40);
        pen.stroke();
        pen.textAlign = "end";
        pen.fillText(short(most), axis - 8, 65);
        pen.fillText("0", axis - 8, right.height - 35);
        pen.textAlign = "center";
        const k = found.clusters;
        if (k < values.length) {
            // The gap that parts the clusters' eigenvalues from the next one.
            const [[x0, y0], [x1, y1]] = [place(k - 1), place(k)];
            pen.strokeStyle = look.accent;
            pen.lineWidth = 3;
            pen.beginPath();
            pen.moveTo((x0 + x1) / 2, y0);
            pen.lineTo((x0 + x1) / 2, y1);
            pen.stroke();
        }
        values.forEach((_, j) => {
            const [x, y] = place(j);
            pen.fillStyle = j < k ? look.accent : look.ink;
            pen.beginPath();
            pen.arc(x, y, 6, 0, 7);
            pen.fill();
            pen.fillStyle = look.ink;
            pen.fillText(`λ${[...String(j + 1)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("")}`, x, right.height - 16);
        });
        pen.textAlign = "start";
    }

    function tell() {
        show_controls();
        const labelled = Boolean(found.labels);
        save_labels.disabled = !labelled;
        legend.replaceChildren();
        numbers.replaceChildren();
        warnings.textContent = labelled ? found.warnings.map((warning) => `Warning: ${warning}.`).join(" ") : "";
        certificate.textContent = labelled ? found.certificate : `Refused: ${found.refused}.`;
        certificate.classList.toggle("playground-refused", !labelled);
        right.canvas.setAttribute("aria-label", labelled
            ? `The smallest eigenvalues: ${[...found.eigenvalues].map(short).join(", ")}.` : "No eigenvalues.");
        code.textContent = rust();
        if (!labelled) return say(size() ? `Refused: ${found.refused}.` : "The canvas is empty. Click or drag on it, or press space where the cross is.");
        const sizes = [...found.colour.keys()].map((label) => found.labels.filter((other) => other === label).length);
        legend.replaceChildren(...sizes.map((points_there, label) => {
            const look = found.colour.indexOf(label) % SHAPES.length;
            const mark = make("span", { style: `color: var(--cluster-${look})`, "aria-hidden": "true" }, SHAPES[look]);
            return make("span", {}, mark, ` cluster ${label}: ${count(points_there, "point")}`);
        }));
        const drawn = found.m && !found.edges.length ? ", not drawn" : "";
        const rows = [
            ["points", `${found.n}${columns > 2 ? `, of ${columns} columns, two drawn` : ""}`],
            ["graph", found.rule],
            ["edges", `${found.m}${drawn}`],
            ["bridges among them", String(found.bridges.length / 2)],
            ["computed in this page in", `${Math.max(1, Math.round(found.milliseconds))} ms`],
        ];
        numbers.append(...rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
        say(`${count(found.n, "point")}, ${found.rule}, ${count(found.m, "edge")}: clusters of ${sizes.join(", ")} points. `
            + `Normalised cut ${short(found.cut)}; no ${found.clusters} clusters have less than ${short(found.bound)}.`
            + (found.warnings.length ? ` ${warnings.textContent}` : ""));
    }

    // The same in Rust, and files to take away

    // A number that Rust reads as f64.
    const float = (value) => /[.e]/.test(String(value)) ? String(value) : `${value}.0`;

    function rust() {
        const { graph } = state;
        const pick = state.picks[graph];
        const told = SETTINGS.map(([, , setters], i) => setters[Number(selects[i].value)]).join("");
        const from_file = (name) => `fiedler::read::csv_file(${JSON.stringify(name)}, &fiedler::read::CsvOptions::new()${name === file?.name ? told : ""})?.x`;
        const data = EXAMPLES[state.example]?.code ?? from_file(state.example === "file" ? file.name : "points.csv");
        const rule = graph === 0 ? null : pick === null ? GRAPHS[graph].own(state.own[graph]) : GRAPHS[graph].code[pick];
        return [
            `use fiedler::${rule ? "{GraphRule, SpectralClustering}" : "SpectralClustering"};`,
            "",
            "fn main() -> fiedler::Result<()> {",
            `    let x = ${data};`,
            "    let clustering = SpectralClustering::new()",
            `        .${state.eigengap ? `clusters_by_eigengap(${Math.min(8, size())})` : `clusters(${state.clusters})`}`,
            ...(rule ? [`        .graph(${rule})`] : []),
            "        .fit(&x)?;",
            "    println!(\"{:?}\", clustering.labels.to_vec());",
            "    println!(\"{}\", clustering.certificate);",
            "    Ok(())",
            "}",
        ].join("\n");
    }

    function save(name, more) {
        const quoted = (title) => (/[",]/.test(title) ? `"${title.replaceAll('"', '""')}"` : title);
        const titles = names ?? (columns === 2 ? ["x", "y"] : [...Array(columns).keys()].map((j) => `x${j + 1}`));
        const lines = [[...titles.map(quoted), ...(more ? ["cluster"] : [])].join(",")];
        for (let i = 0; i < size(); i += 1) {
            lines.push([...points.slice(columns * i, columns * (i + 1)), ...(more ? [more[i]] : [])].join(","));
        }
        const address = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
        make("a", { href: address, download: name }).click();
        setTimeout(() => URL.revokeObjectURL(address), 1000);
    }

    // The controls

    const redraw = once(paint);
    const recompute = once(compute);
    const button = (words, pressed, more = {}) => make("button", { type: "button", onclick: pressed, ...more }, words);

    const example = choice("an example", EXAMPLES.map(({ name }, kind) => [kind, name]), state.example, (kind) => {
        forget_file();
        take_example(kind);
    });
    const forget_file = () => {
        file = null;
        settings_row.hidden = true;
        note.textContent = "";
    };
    const clear = button("clear", () => {
        forget_file();
        state.example = null;
        take(2, [], null);
    });
    const back = button("take back", take_back);
    const picker = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain", hidden: "", onchange: () => {
        open(picker.files[0]);
        picker.value = "";
    } });
    const opener = button("open a CSV file", () => picker.click());
    const selects = SETTINGS.map(([, values]) => make("select", { onchange: () => read() },
        ...values.map((words, value) => make("option", { value }, words))));
    const settings_row = make("div", { class: "playground-settings", hidden: "" },
        ...SETTINGS.map(([name], i) => make("label", {}, `${name} `, selects[i])));

    const graph = choice("the graph", GRAPHS.map(({ name }, kind) => [kind, name]), state.graph, (kind) => {
        state.graph = kind;
        compute();
    });
    // ε and σ run a decade to both sides of what the first rule offers.
    const base = () => (offers[0] > 0 ? offers[0] : 1);
    const position = (value) => Math.max(-100, Math.min(100, Math.round(100 * Math.log10(value / base()))));
    const at_position = (place) => Number((base() * 10 ** (place / 100)).toPrecision(3));
    const own = (value) => {
        state.picks[state.graph] = null;
        state.own[state.graph] = value;
        recompute();
    };
    const width = (kind) => slider(GRAPHS[kind].number, { least: -100, most: 100, step: 1, value: 0 },
        (place) => short(place === position(taken) ? taken : at_position(place)), (place) => own(at_position(place)));
    const number_rows = [null, width(1), slider("k", { least: 1, most: 30, step: 1, value: 6 }, String, own), width(3)];
    const number_row = make("div", { class: "playground-number" });
    const clusters = slider("clusters", { least: 2, most: 8, step: 1, value: state.clusters },
        (value) => (state.eigengap ? "…" : String(value)), (value) => { state.clusters = value; recompute(); });
    const clusters_input = clusters.row.querySelector("input");
    const clusters_shown = clusters.row.querySelector("output");
    const eigengap = button("clusters by the eigengap", () => {
        state.eigengap = !state.eigengap;
        compute();
    }, { "aria-pressed": "false" });

    // The row of the graph that was chosen; built anew only for another graph, so that it keeps the focus.
    let offers_shown = null;
    function show_controls() {
        example.set(state.example);
        graph.set(state.graph);
        const kind = GRAPHS[state.graph];
        if (state.graph === 0) {
            number_row.replaceChildren(make("p", {}, "The crate's own choice: ⌈ln n⌉ nearest neighbours, and the shortest bridges where they fall apart."));
            offers_shown = null;
        } else {
            const words = kind.offers(offers);
            const key = `${state.graph} ${words}`;
            if (offers_shown?.key !== key) {
                const rules = choice(`${kind.number} by a rule`, words.map((name, i) => [i, name]), null, (i) => {
                    state.picks[state.graph] = i;
                    compute();
                });
                number_row.replaceChildren(number_rows[state.graph].row, rules.row);
                offers_shown = { key, rules };
            }
            offers_shown.rules.set(state.picks[state.graph]);
            number_rows[state.graph].set(state.graph === 2 ? taken : position(taken));
        }
        clusters.set(state.clusters);
        clusters_input.disabled = state.eigengap;
        eigengap.setAttribute("aria-pressed", state.eigengap);
        if (state.eigengap) clusters_shown.textContent = found.clusters ? String(found.clusters) : "none";
    }

    const shown_code = button("the same in Rust", () => {
        code.hidden = !code.hidden;
        shown_code.setAttribute("aria-expanded", !code.hidden);
    }, { "aria-expanded": "false" });
    const save_labels = button("download the labels", () => save("labels.csv", found.labels));
    const save_points = button("download the points", () => save("points.csv", null));
    const reset = button("reset", () => {
        forget_file();
        for (const select of selects) select.value = 0;
        state = first();
        cross = [240, 180];
        code.hidden = true;
        shown_code.setAttribute("aria-expanded", "false");
        take_example(state.example);
    });

    // The hand on the canvas: a point where it comes down, and more along its way.
    let last = null;
    left.grip((place) => {
        last = cross = place;
        set_point(place);
        return true;
    }, (place) => {
        const inside = place[0] >= 0 && place[0] <= left.width && place[1] >= 0 && place[1] <= left.height;
        if (!inside || Math.hypot(place[0] - last[0], place[1] - last[1]) < 12) return;
        last = cross = place;
        set_point(place);
    });
    left.canvas.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        if (event.key in steps) {
            const step = event.shiftKey ? 40 : 8;
            const [dx, dy] = steps[event.key];
            cross = [
                Math.max(0, Math.min(left.width, cross[0] + step * dx)), Math.max(0, Math.min(left.height, cross[1] + step * dy)),
            ];
            const [x, y] = value_at(cross);
            say(`The cross is at ${short(x)}, ${short(y)}.`);
        } else if (event.key === " " || event.key === "Enter") set_point(cross);
        else if (event.key === "Backspace" || event.key === "Delete") take_back();
        else return;
        event.preventDefault();
        redraw();
    });
    for (const change of ["focus", "blur"]) left.canvas.addEventListener(change, redraw);

    const box = make("div", { class: "live-figure playground" },
        make("div", { class: "live-controls" }, example.row, clear, back, opener, picker, reset),
        note, settings_row,
        make("div", { class: "live-controls" }, graph.row, eigengap),
        number_row, clusters.row,
        make("div", { class: "live-panels" }, left.canvas, right.canvas),
        legend, numbers, certificate, warnings,
        make("div", { class: "live-controls" }, shown_code, save_labels, save_points),
        code);
    box.addEventListener("dragover", (event) => {
        event.preventDefault();
        box.classList.add("playground-over");
    });
    for (const end of ["dragleave", "drop"]) box.addEventListener(end, () => box.classList.remove("playground-over"));
    box.addEventListener("drop", (event) => {
        event.preventDefault();
        open(event.dataTransfer.files[0]);
    });
    box.addEventListener("shown", redraw);
    take_example(state.example);
    return box;
});
