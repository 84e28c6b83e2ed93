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
  const fitting = (note) => {
    const letters = (note.text || "").replace(/<[^>]*>/g, "").length;
    return note.x === 0 && letters > 48 ? Math.max(8, Math.floor(11 * 52 / letters)) : 11;
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
      for (const note of worn.layout.annotations || []) if (note.bgcolor) note.bgcolor = "rgba(24,33,42,0.72)";
    }
    if (innerWidth < 640) {
      for (const [key, value] of Object.entries(worn.layout)) if (/^xaxis\d*$/.test(key)) value.nticks = 4;
      for (const note of worn.layout.annotations || []) if (note.font) note.font.size = fitting(note);
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

  const draw = (div) => {
    const figure = figures.get(div);
    const worn = dressed(figure);
    buttons(div, figure);
    div.style.height = `${worn.layout.height}px`;
    return Plotly.react(div, worn.data, worn.layout, config);
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

  const table = document.getElementById("event-table");
  const find = document.getElementById("find-event");
  document.getElementById("all-events").addEventListener("change", (event) => table.classList.toggle("all", event.target.checked));
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) row.classList.toggle("missed", wanted !== "" && !row.textContent.toLowerCase().includes(wanted));
  });
})();
