// Appearance, applied before the page is painted: light or dark, and the size of letters.
"use strict";
(() => {
  const page = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private */ } };
  const SIZES = ["87", "100", "112", "125", "150"];

  function apply() {
    const theme = kept("theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    const size = kept("size");
    if (SIZES.includes(size)) page.dataset.size = size;
  }

  window.looks = {
    turn() {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const next = (page.dataset.theme ?? system) === "dark" ? "light" : "dark";
      page.dataset.theme = next;
      keep("theme", next);
    },
    resize(steps) {
      const now = SIZES.indexOf(page.dataset.size ?? "100");
      const next = SIZES[Math.min(Math.max(now + steps, 0), SIZES.length - 1)];
      page.dataset.size = next;
      keep("size", next);
    },
  };
  apply();
})();
