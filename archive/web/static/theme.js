// Before the first paint: the reader's own choice of light or dark, if there is one.
"use strict";
try {
  const chosen = localStorage.getItem("khobao.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; the system's choice then holds.
}
