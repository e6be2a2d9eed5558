// The chart of the trends page: lines over time, read by pointer or by arrow keys.
// The numbers come with the page; nothing is fetched, and a page without scripts has the table.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const LEFT = 52, RIGHT = 12, TOP = 14, BOTTOM = 30;

const figure = document.getElementById("chart");
const data = JSON.parse(document.getElementById("chart-data").textContent);
const words = figure.dataset;
const points = data.points;
const format = new Intl.NumberFormat(words.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 });
const hidden = new Set();
let WIDTH = 960, HEIGHT = 380;
let measure = words.first || "share";
let at = -1;

function make(name, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

function element(name, className, text = "") {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  return node;
}

function value(point, term) {
  if (point.state === "none") return null;
  if (measure === "count") return point.counts[term];
  return point.totals[term] ? 100 * point.counts[term] / point.totals[term] : null;
}

// A share of very few articles is drawn small and does not stretch the scale, as in the picture.
const small = (point, term) => measure === "share" && point.small[term];

function highest(shown) {
  const all = points.flatMap((point) => shown.map((term) => [value(point, term) ?? 0, small(point, term)]));
  const most = (pairs) => Math.max(0, ...pairs.map(([number]) => number));
  return most(all.filter(([, few]) => !few)) || most(all);
}

// Of lines with the same values each must be seen: the one drawn first is the widest.
const same = (one, other) => points.every((point) => value(point, one) === value(point, other));
const width = (term, shown) => 2 + 2.6 * shown.filter((other) => other > term && same(term, other)).length;

const unit = () => measure === "share" ? "%" : "";
const step = () => (WIDTH - LEFT - RIGHT) / Math.max(points.length, 1);
const x = (index) => LEFT + (index + 0.5) * step();

function niceTop(most) {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10].map((factor) => factor * power).find((top) => top >= most);
}

const tools = element("div", "chart-tools");
tools.setAttribute("role", "group");
tools.setAttribute("aria-label", words.measure);
for (const name of ["share", "count"]) {
  const button = element("button", "", words[name]);
  button.type = "button";
  button.dataset.measure = name;
  button.addEventListener("click", () => { measure = name; draw(); });
  tools.append(button);
}
data.terms.forEach((term, index) => {
  const button = element("button", "term");
  button.type = "button";
  const swatch = make("svg", { viewBox: "0 0 18 6", width: 18, height: 6, "aria-hidden": "true" });
  swatch.append(make("rect", { width: 18, height: 6, class: `s${index}` }));
  const twin = data.terms.findIndex((_, other) => same(index, other));
  button.append(swatch, ` ${term}${twin < index ? ` (${words.equal.replace("{number}", twin + 1)})` : ""}`);
  button.addEventListener("click", () => {
    if (hidden.has(index)) hidden.delete(index); else hidden.add(index);
    draw();
  });
  tools.append(button);
});

const svg = make("svg", { role: "img", tabindex: "0", "aria-label": words.label });
const readout = element("p", "readout");
readout.setAttribute("role", "status");
figure.querySelector(".plain").hidden = true;
figure.prepend(tools, svg, readout);

function draw() {
  for (const button of tools.children) {
    const on = button.dataset.measure ? button.dataset.measure === measure
      : !hidden.has([...tools.querySelectorAll(".term")].indexOf(button));
    button.setAttribute("aria-pressed", String(on));
  }
  const shown = data.terms.map((_, index) => index).filter((index) => !hidden.has(index));
  const top = niceTop(highest(shown));
  const y = (number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(number, top) / top);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);

  points.forEach((point, index) => {
    if (point.state === "collected") return;
    svg.append(make("rect", { class: `gap ${point.state}`, x: LEFT + index * step(), y: TOP, width: step() + 0.3, height: HEIGHT - TOP - BOTTOM }));
  });
  for (let line = 0; line <= 4; line += 1) {
    const number = top * line / 4;
    svg.append(make("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(number), y2: y(number) }));
    svg.append(make("text", { x: LEFT - 8, y: y(number) + 4, "text-anchor": "end" }, format.format(number) + unit()));
  }
  // Long figures are labelled by year, where each begins; short ones by period.
  const long = points.length > 40;
  const firsts = points.map((point, index) => ({ index, label: long ? point.label.slice(0, 4) : point.label }))
    .filter(({ index, label }) => !long || index === 0 || points[index - 1].label.slice(0, 4) !== label);
  const every = Math.ceil(firsts.length / Math.max(2, Math.floor(WIDTH / 84)));
  firsts.forEach(({ index, label }, number) => {
    if (number % every === 0) svg.append(make("text", { x: x(index), y: HEIGHT - 10, "text-anchor": "middle" }, label));
  });
  for (const term of shown) {
    // Segments that touch a share of very few articles are thin.
    const paths = { line: "", thin: "" };
    const dots = [];
    points.forEach((point, index) => {
      const number = value(point, term);
      if (number === null) return;
      const before = index > 0 ? value(points[index - 1], term) : null;
      const few = small(point, term);
      if (before !== null) {
        const kind = few || small(points[index - 1], term) ? "thin" : "line";
        paths[kind] += `M${x(index - 1).toFixed(1)} ${y(before).toFixed(1)}L${x(index).toFixed(1)} ${y(number).toFixed(1)}`;
      }
      const alone = before === null && (index === points.length - 1 || value(points[index + 1], term) === null);
      if (number > top) dots.push(make("path", { class: `dot s${term}`, d: `M${x(index) - 4} ${TOP + 7}L${x(index)} ${TOP}L${x(index) + 4} ${TOP + 7}Z` }));
      else if (alone || points.length <= 40) dots.push(make("circle", { class: `dot s${term}`, cx: x(index), cy: y(number), r: few ? 1.5 : 2 + width(term, shown) / 2 }));
    });
    const strokes = { line: width(term, shown), thin: width(term, shown) - 1.2 };
    for (const kind of ["thin", "line"].filter((name) => paths[name])) {
      svg.append(make("path", { class: `line ${kind} s${term}`, d: paths[kind], "stroke-width": strokes[kind] }));
    }
    svg.append(...dots);
  }
  if (at >= 0) {
    svg.append(make("line", { class: "cursor", x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM }));
    for (const term of shown) {
      const number = value(points[at], term);
      if (number !== null) svg.append(make("circle", { class: `dot s${term}`, cx: x(at), cy: y(number), r: 4.5 }));
    }
  }
  say(shown);
}

function say(shown) {
  readout.replaceChildren();
  if (at < 0) { readout.append(words.hint); return; }
  const point = points[at];
  readout.append(element("strong", "", point.label));
  if (point.state === "none") {
    readout.append(` · ${words.state}: ${words.none}`);
    return;
  }
  for (const term of shown) {
    const total = point.totals[term];
    const share = total ? ` / ${format.format(total)} (${format.format(100 * point.counts[term] / total)}%${point.small[term] ? " ~" : ""})` : "";
    readout.append(` · ${data.terms[term]}: ${format.format(point.counts[term])}${share}`);
  }
  if (point.state === "partial") readout.append(` · ${words.state}: ${words.partial}`);
}

function move(to) {
  at = Math.max(0, Math.min(points.length - 1, to));
  draw();
}

svg.addEventListener("pointermove", (event) => {
  const box = svg.getBoundingClientRect();
  move(Math.floor(((event.clientX - box.left) / box.width * WIDTH - LEFT) / step()));
});
svg.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
  if (by) move(at < 0 && by > 0 ? 0 : at + by);
  else if (event.key === "Home") move(0);
  else if (event.key === "End") move(points.length - 1);
  else return;
  event.preventDefault();
});
// The drawing is as wide as its place, so that its letters keep their size on a phone.
new ResizeObserver(() => {
  const width = Math.max(280, Math.round(svg.clientWidth));
  if (width === WIDTH && svg.childElementCount) return;
  WIDTH = width;
  HEIGHT = width < 600 ? 260 : 380;
  draw();
}).observe(svg);
draw();
