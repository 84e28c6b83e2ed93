"use strict";
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const config = JSON.parse(document.getElementById("config").textContent);
  const figures = new Map();
  const INK = "#16202B"; // as in theme.py: what is drawn in ink turns light on a dark page

  const colours = () => (dark.matches
    ? { font: "#e8edf2", hover: "#18212a" }
    : { font: "#16202b", hover: "#ffffff" });

  // on a narrow page a long row name gets a smaller letter, and a legend of several rows its own height
  const LETTER = 0.66; // width of a bold letter as a share of its size
  const fitting = (note, room) => {
    const letters = (note.text || "").replace(/<[^>]*>/g, "").length;
    return note.x === 0 ? Math.min(11, Math.max(8, Math.floor(2 * room / (LETTER * letters)) / 2)) : 11;
  };
  const shortened = (text, most) => {
    const [, name, rest] = /^<b>(.*?)<\/b>(.*)$/.exec(text) || [];
    const letters = name ? name.match(/&\w+;|./gu) : [];
    const room = most - (rest || "").length;
    return letters.length > Math.max(room, 12) ? `<b>${letters.slice(0, Math.max(room - 1, 12)).join("")}…</b>${rest}` : text;
  };
  const legendRows = (figure) => {
    if (!figure.layout.showlegend) return 1;
    const names = [...new Set(figure.data.filter((trace) => trace.showlegend !== false).map((trace) => trace.name || ""))];
    const widest = Math.max(...names.map((name) => name.length), 1) * 6 + 48;
    return Math.ceil(names.length / Math.max(1, Math.floor((innerWidth - 50) / widest)));
  };

  const dressed = (figure) => {
    const worn = structuredClone(figure);
    const look = worn.layout.template.layout;
    const { font, hover } = colours();
    look.font.color = font;
    look.paper_bgcolor = "rgba(0,0,0,0)"; // the page has its own ground
    look.hoverlabel.bgcolor = hover;
    look.hoverlabel.font.color = font;
    if (dark.matches) {
      for (const trace of worn.data) {
        if (trace.line && trace.line.color === INK) trace.line.color = font;
        if (trace.marker && trace.marker.color === INK) trace.marker.color = font;
        if (trace.marker && trace.marker.color === "#000000") trace.marker.line = { color: font, width: 1 };
      }
    }
    if (dark.matches) {
      for (const note of worn.layout.annotations || []) if (note.bgcolor) note.bgcolor = "rgba(24,33,42,0.92)";
    }
    if (innerWidth < 640) {
      for (const [key, value] of Object.entries(worn.layout)) if (/^xaxis\d*$/.test(key)) value.nticks = 4;
      for (const note of worn.layout.annotations || []) if (note.font) {
        const room = innerWidth - (worn.layout.yaxis.visible === false ? 44 : 92);
        if (note.x === 0) note.text = shortened(note.text, Math.floor(room / (8 * LETTER)));
        note.font.size = fitting(note, room);
      }
      look.legend.font.size = 11;
      worn.layout.height += 19 * (legendRows(worn) - 1);
      for (const trace of worn.data) if (trace.textposition === "auto") trace.textposition = "inside";
    }
    return worn;
  };

  const press = (holder, chosen) => {
    for (const button of holder.children) button.setAttribute("aria-pressed", String(button === chosen));
  };

  const buttons = (div, figure) => {
    const holder = document.getElementById(div.id.replace("-figure", "-views"));
    const views = (figure.layout.meta && figure.layout.meta.views) || [];
    if (views.length < 2 || holder.children.length) return;
    for (const [title, from, to] of views) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      button.addEventListener("click", () => {
        Plotly.relayout(div, { "xaxis.range": [from, to] });
        press(holder, button);
      });
      holder.append(button);
    }
    press(holder, holder.firstElementChild);
  };

  // what was chosen anywhere is marked everywhere: rows of tables, steps, boxes of the graph, rows and bars of figures
  const kin = JSON.parse(document.getElementById("kin").textContent);
  const whens = JSON.parse(document.getElementById("whens").textContent);
  const iso = (ms) => new Date(ms).toISOString().slice(0, 19);
  const moment = (t) => iso(Date.parse(whens.start) + 1000 * t);
  let chosen = "";
  let sift = () => {}; // shows the events that pass the filters
  let marked = new Set();
  let at = null;

  const outline = (x0, x1, y0, y1, xref, yref = "y") => ({
    type: "rect", xref, yref, x0, x1, y0, y1, line: { color: "#E69F00", width: 2 }, fillcolor: "rgba(230,159,0,0.16)", layer: "above",
  });
  const marksOf = (figure) => {
    const found = [];
    const things = (figure.layout.meta && figure.layout.meta.things) || [];
    for (const [y, thing] of things) if (marked.has(thing)) found.push(outline(0, 1, y - 0.57, y + 0.42, "paper"));
    for (const trace of figure.data) {
      if (trace.type !== "bar" || !Array.isArray(trace.customdata)) continue;
      trace.customdata.forEach((thing, index) => {
        if (!marked.has(thing)) return;
        const from = Date.parse(`${trace.base[index]}Z`);
        const half = trace.width / 2 + 0.02;
        found.push(outline(iso(from), iso(from + trace.x[index]), trace.y[index] - half, trace.y[index] + half, "x"));
      });
    }
    for (const [of, xref, x0, x1, yref, y0, y1] of (figure.layout.meta && figure.layout.meta.boxes) || []) {
      if (of.some((thing) => marked.has(thing))) found.push(outline(x0, x1, y0, y1, xref, yref));
    }
    if (!things.length) { // no rows: a band for the time of the activity, in every panel
      const times = [...marked].flatMap((thing) => whens.of[thing] || []);
      for (const name of Object.keys(figure.layout).filter((key) => /^yaxis\d*$/.test(key))) {
        const number = name.slice(5);
        const xref = `x${figure.layout[`xaxis${number}`] ? number : ""}`;
        for (const [from, until] of times) found.push(outline(moment(from), moment(until), 0, 1, xref, `y${number} domain`));
      }
    }
    if (at !== null && things.length) {
      found.push({ type: "line", xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1, line: { color: "#CC79A7", width: 2, dash: "dash" } });
    }
    return found;
  };
  const mark = () => {
    for (const [div, figure] of figures) {
      if (div.data) Plotly.relayout(div, { shapes: [...(figure.layout.shapes || []), ...marksOf(figure)] });
    }
  };
  const nameOf = (thing) => {
    const button = document.querySelector(`[data-pick="${CSS.escape(thing)}"]`);
    const node = document.querySelector(`[data-node="${CSS.escape(thing)}"] title`);
    return button ? button.textContent : node ? node.textContent : thing;
  };
  const choose = (thing) => {
    chosen = thing;
    marked = new Set(thing ? [thing, ...(kin[thing] || [])] : []);
    for (const element of document.querySelectorAll("[data-thing]")) {
      element.classList.toggle("chosen", thing !== "" && element.dataset.thing.split(" ").includes(thing));
    }
    for (const button of document.querySelectorAll("[data-pick]")) button.setAttribute("aria-pressed", String(button.dataset.pick === thing));
    const bar = document.getElementById("chosen");
    bar.hidden = thing === "";
    bar.textContent = thing && `Chosen: ${nameOf(thing)} `;
    if (thing) {
      const row = document.getElementById(`change-${thing}`);
      if (row) bar.append(Object.assign(document.createElement("a"), { href: `#change-${thing}`, textContent: "what became of it" }));
      const clear = Object.assign(document.createElement("button"), { type: "button", textContent: "Clear" });
      clear.addEventListener("click", () => choose(""));
      bar.append(clear);
    }
    mark();
    sift();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, summary, input, select, label, #chosen, .teller")) return;
    const pick = event.target.closest("[data-pick]");
    const row = event.target.closest("tr[data-thing], li[data-thing]");
    const thing = pick ? pick.dataset.pick : row ? row.dataset.thing.split(" ")[0] : "";
    if (thing && String(getSelection()) === "") choose(thing === chosen ? "" : thing);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) choose(""); });

  const touched = (figure, point) => {
    if (typeof point.customdata === "string" && point.customdata) return point.customdata;
    const { things = [], boxes = [] } = figure.layout.meta || {};
    const panel = boxes.find(([, xref]) => xref === `${point.data.xaxis || "x"} domain`);
    if (panel) return panel[0][0];
    const near = things.map(([y, thing]) => [Math.abs(y - 0.2 - point.y), thing]).sort((a, b) => a[0] - b[0])[0];
    return near && near[0] < 0.6 ? near[1] : "";
  };

  const draw = async (div) => {
    const figure = figures.get(div);
    const worn = dressed(figure);
    worn.layout.shapes = [...(worn.layout.shapes || []), ...marksOf(figure)];
    buttons(div, figure);
    div.style.height = `${worn.layout.height}px`;
    const isNew = !div.data;
    await Plotly.react(div, worn.data, worn.layout, config);
    for (const svg of document.querySelectorAll(".plot svg, #js-plotly-tester")) svg.setAttribute("aria-hidden", "true"); // caption and twin say it
    div.style.setProperty("--print-zoom", String(Math.min(1, 680 / Math.max(div.clientWidth, 1), 900 / worn.layout.height)));
    if (isNew) div.on("plotly_click", (event) => { const thing = touched(figure, event.points[0]); if (thing) choose(thing === chosen ? "" : thing); });
  };

  for (const script of document.querySelectorAll("script.figure")) {
    const div = document.getElementById(script.dataset.for);
    figures.set(div, JSON.parse(script.textContent));
    const fold = div.closest("details");
    if (fold) fold.addEventListener("toggle", () => fold.open && draw(div), { once: true });
  }

  const waiting = [...figures.keys()].filter((div) => !div.closest("details:not([open])"));
  const next = () => {
    const div = waiting.shift();
    if (div) draw(div).then(() => setTimeout(next, 0));
    else document.documentElement.dataset.drawn = "yes";
  };
  next();
  dark.addEventListener("change", () => { for (const div of figures.keys()) if (div.data) draw(div); });

  document.documentElement.classList.add("js");

  // the graph: colours of one moment and one view; a chosen box says why
  const graph = document.getElementById("graph-data") && JSON.parse(document.getElementById("graph-data").textContent);
  const slider = document.getElementById("graph-at");
  const view = document.getElementById("graph-view");
  const SIGNS = { nominal: "", degraded: "≈", unknown: "?", failed: "✕" };
  let asked = "";
  const stateOf = (id, seen, t) => {
    const states = graph.states[id] || {};
    const spans = states[seen] || (id.startsWith("seat:") ? states.truth : null) || [];
    let now = [0, "nominal", -1];
    for (const span of spans) if (span[0] <= t) now = span;
    return now;
  };
  const split = (state) => { const [grade, word] = state.split(": "); return [grade, word || grade]; };
  const linked = (seq) => Object.assign(document.createElement("a"), { href: `#event-${seq}`, textContent: seq });
  const explain = (t) => {
    const panel = document.getElementById("graph-why");
    if (!asked) return;
    panel.replaceChildren();
    const line = (text) => { const p = document.createElement("p"); p.textContent = text; panel.append(p); return p; };
    const box = document.querySelector(`[data-node="${CSS.escape(asked)}"]`);
    line(box.getAttribute("aria-label"));
    for (const option of view.options) {
      const [since, state] = stateOf(asked, option.value, t);
      if (!asked.startsWith("seat:") || option.value === "truth") line(`${option.textContent}: ${split(state)[1]}${since ? "" : ", as from the start"}`);
    }
    const seq = stateOf(asked, view.value, t)[2];
    if (seq < 0) { line("No event of this run made it so."); return; }
    const list = document.createElement("ol");
    const seen = new Set();
    for (let next = seq; graph.why[next] && !seen.has(next); next = graph.why[next][2][0]) {
      seen.add(next);
      const item = document.createElement("li");
      item.append(linked(next), ` ${graph.why[next][0]}: ${graph.why[next][1]}`);
      list.append(item);
      if (!graph.why[next][2].length) break;
    }
    line("Because:");
    panel.append(list);
  };
  const colour = () => {
    const t = graph.moments[slider.value];
    for (const node of document.querySelectorAll("#graph-drawing .node")) {
      const [grade, word] = split(stateOf(node.dataset.node, view.value, t)[1]);
      for (const other of Object.keys(SIGNS)) node.classList.toggle(`s-${other}`, other === grade);
      node.classList.toggle("asked", node.dataset.node === asked);
      node.querySelector(".sign").textContent = SIGNS[grade] || "";
      const title = node.querySelector("title").textContent;
      node.setAttribute("aria-label", `${title}: ${word}`);
    }
    for (const edge of document.querySelectorAll("#graph-drawing .edge")) {
      const bad = [edge.dataset.source, edge.dataset.target].every((id) => split(stateOf(id, view.value, t)[1])[0] !== "nominal");
      edge.classList.toggle("hot", bad);
      edge.classList.toggle("asked", asked !== "" && [edge.dataset.source, edge.dataset.target].includes(asked));
    }
    const moments = [...document.getElementById("graph-moments").children];
    moments.forEach((item, index) => item.classList.toggle("now", index === Number(slider.value)));
    const when = moments[slider.value].querySelector(".when").textContent;
    document.getElementById("graph-when").textContent = when;
    slider.setAttribute("aria-valuetext", when);
    explain(t);
  };
  if (graph) {
    slider.addEventListener("input", colour);
    view.addEventListener("change", colour);
    for (const node of document.querySelectorAll("#graph-drawing .node")) {
      const ask = () => { asked = asked === node.dataset.node ? "" : node.dataset.node; colour(); choose(asked ? node.dataset.thing : ""); };
      node.addEventListener("click", ask);
      node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); ask(); } });
    }
    colour();
  }

  // the story: one step at a time; the graph and the figures follow
  const steps = [...document.querySelectorAll("#story-steps > li")];
  let step = 0;
  let playing = null;
  const teller = document.getElementById("teller");
  const tell = (to, moves) => {
    step = Math.max(0, Math.min(steps.length - 1, to));
    const item = steps[step];
    const now = document.getElementById("story-now");
    now.replaceChildren();
    for (const part of item.children) { const p = document.createElement("p"); p.className = part.className; p.append(...part.cloneNode(true).childNodes); now.append(p); }
    document.getElementById("story-at").textContent = `${step + 1} of ${steps.length}`;
    if (!moves) return;
    const t = Number(item.dataset.at);
    at = moment(t);
    if (graph) { slider.value = graph.moments.reduce((best, moment, index) => (moment <= t ? index : best), 0); colour(); }
    choose(item.dataset.thing.split(" ")[0]);
  };
  const stop = () => { clearInterval(playing); playing = null; document.querySelector("[data-step=play]").setAttribute("aria-pressed", "false"); };
  if (steps.length) {
    tell(0, false);
    const act = {
      first: () => tell(0, true), back: () => tell(step - 1, true), on: () => tell(step + 1, true),
      play: () => { playing = setInterval(() => (step + 1 < steps.length ? tell(step + 1, true) : stop()), 2600); },
    };
    for (const button of document.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        const wasPlaying = playing !== null;
        stop();
        if (button.dataset.step === "play" && wasPlaying) return;
        act[button.dataset.step]();
        if (button.dataset.step === "play") button.setAttribute("aria-pressed", "true");
      });
    }
    teller.addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight") { stop(); act.on(); event.preventDefault(); }
      if (event.key === "ArrowLeft") { stop(); act.back(); event.preventDefault(); }
    });
  }

  // a link into the page opens what is folded around its target and marks what it is about
  const land = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.classList.contains("missed")) clear();
    const row = target.closest("[data-thing]");
    if (row && /^(event|change)-/.test(id)) choose(row.dataset.thing.split(" ")[0]);
    target.scrollIntoView({ block: id.startsWith("event-") ? "center" : "start" });
  };
  addEventListener("hashchange", land);

  // on paper everything that is folded is open, but the scenario, the quiet events, and what stands in the event table
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.twin)")].filter((fold) => !fold.querySelector("pre") && !fold.closest("#story, .tree"));
    for (const fold of opened) { fold.open = true; }
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });

  const table = document.getElementById("event-table");
  const meanings = JSON.parse(document.getElementById("meanings").textContent);
  for (const kind of table.querySelectorAll("td > span")) kind.title = meanings[kind.textContent] || "";
  const box = (name) => document.getElementById(`${name}-event`);
  const events = [...table.tBodies[0].rows].map((row) => ({
    row, text: row.textContent.toLowerCase(), kind: row.querySelector("td > span").textContent,
    at: row.querySelector(".utc").textContent.slice(0, 16), things: row.dataset.thing.split(" "),
  }));
  const kinds = new Map();
  for (const { kind } of events) kinds.set(kind, (kinds.get(kind) || 0) + 1);
  for (const [kind, count] of [...kinds].sort()) box("kind").add(new Option(`${kind} (${count})`, kind));
  const clear = () => {
    for (const name of ["find", "kind", "from", "until"]) box(name).value = "";
    box("chosen").checked = false;
    sift();
  };
  sift = () => {
    const wanted = box("find").value.trim().toLowerCase();
    const [kind, from, until] = ["kind", "from", "until"].map((name) => box(name).value.trim().replace("T", " "));
    const isAll = document.getElementById("all-events").checked;
    let [shown, folded] = [0, 0];
    for (const event of events) {
      const passes = event.text.includes(wanted) && (!kind || event.kind === kind) && (!from || event.at >= from)
        && event.at.slice(0, until.length || 0) <= until && (!box("chosen").checked || !chosen || event.things.includes(chosen));
      event.row.classList.toggle("missed", !passes);
      if (passes && (isAll || !event.row.matches(".quiet"))) shown += 1;
      else if (passes) folded += 1;
    }
    const more = folded ? `; ${folded} more led to no change: “show all” has them` : "";
    const said = `${shown} of ${events.length} events are shown${more}.`;
    if (box("count").textContent !== said) box("count").textContent = said;
  };
  document.getElementById("all-events").addEventListener("change", (event) => { table.classList.toggle("all", event.target.checked); sift(); });
  document.getElementById("filters").addEventListener("input", sift);
  box("clear").addEventListener("click", clear);
  sift();
  land();

  // rows of a long twin are made when it is unfolded
  for (const script of document.querySelectorAll("script.rows")) {
    const fold = script.closest("details");
    fold.addEventListener("toggle", () => {
      const body = fold.querySelector("tbody");
      for (const [cells, seq, things] of JSON.parse(script.textContent)) {
        const row = body.insertRow();
        if (things) row.dataset.thing = things;
        row.classList.toggle("chosen", chosen !== "" && things.split(" ").includes(chosen));
        cells.forEach((text, index) => {
          const isLink = index === Number(fold.dataset.time) && seq !== null;
          row.insertCell().append(isLink ? Object.assign(document.createElement("a"), { href: `#event-${seq}`, textContent: text }) : text);
        });
      }
    }, { once: true });
  }
})();
