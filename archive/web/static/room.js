// Small comforts on every page. Everything works without them.
"use strict";

const root = document.documentElement;

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

const theme = document.getElementById("theme");
if (theme) {
  const label = () => { theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark; };
  theme.hidden = false;
  label();
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("khobao.theme", root.dataset.theme); } catch { /* for this page only */ }
    label();
  });
}

for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
}

// On a phone the facets are folded away until they are wanted.
const fold = document.querySelector(".facets-fold");
if (fold && matchMedia("(max-width: 52rem)").matches) fold.open = false;

// "/" goes to the search box, as in most archives.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, .CodeMirror");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const box = document.querySelector("#q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
});
