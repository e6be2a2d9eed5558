// The chart of the trends page, which is complete without this: a pointer or the arrow keys read it
// period by period, and buttons hide a line.
"use strict";

for (const figure of document.querySelectorAll("figure.chart")) {
  const drawing = figure.querySelector(".drawing");
  const columns = [...drawing.querySelectorAll(".period")];
  const titles = columns.map((column) => column.firstElementChild.textContent.split("\n").join(" · "));
  // The browser's own tooltip would say the same twice.
  for (const column of columns) column.firstElementChild.remove();

  const readout = document.createElement("p");
  readout.className = "readout";
  readout.setAttribute("role", "status");
  readout.textContent = figure.dataset.hint;
  drawing.after(readout);

  let at = -1;
  function show(to) {
    columns[at]?.classList.remove("at");
    at = Math.max(0, Math.min(columns.length - 1, to));
    columns[at].classList.add("at");
    readout.textContent = titles[at];
  }

  for (const name of ["pointermove", "pointerdown"]) drawing.addEventListener(name, (event) => {
    const index = columns.indexOf(event.target);
    if (index >= 0) show(index);
  });
  drawing.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (by) show(at < 0 ? 0 : at + by);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(columns.length - 1);
    else return;
    event.preventDefault();
  });

  const lines = [...drawing.querySelectorAll(".series")];
  const terms = JSON.parse(figure.dataset.terms);
  if (lines.length > 1) lines.forEach((line, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = terms[index];
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      const hidden = line.toggleAttribute("hidden");
      button.setAttribute("aria-pressed", String(!hidden));
    });
    figure.querySelector(".chart-tools").append(button);
  });
}
