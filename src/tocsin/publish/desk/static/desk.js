// Keys and small helps of every page.  Everything works without: links and forms are plain HTML.
// Other scripts add keys with desk.key(key, what) while the page loads.
"use strict";
(() => {
  const keys = new Map();
  const at = (selector) => document.querySelector(selector);
  let going = false;
  let chosen = -1;

  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);

  function choose(step) {
    const all = rows();
    if (!all.length) return;
    chosen = Math.min(Math.max(chosen + step, 0), all.length - 1);
    all.forEach((row, number) => row.classList.toggle("chosen", number === chosen));
    const target = all[chosen].matches("a, button, [tabindex]") ? all[chosen] : all[chosen].querySelector("[data-open]") ?? all[chosen].querySelector("a, button");
    (target ?? all[chosen]).focus({ preventScroll: true });
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  const follow = (selector) => () => at(selector)?.click();

  function showKeys() {
    at("#keys").showModal();
    at("#keys-title").focus(); // else the button at the end has it, and a phone shows the end
  }

  window.desk = {
    key: (key, what) => keys.set(key, what),
    chosen: () => rows()[chosen] ?? null,
    refocus: () => { if (chosen >= 0) choose(0); }, // on the chosen record, after a field had the focus
  };

  keys.set("/", () => at("#seek")?.focus());
  keys.set("j", () => choose(1));
  keys.set("k", () => choose(-1));
  keys.set("n", follow("a[rel=next]"));
  keys.set("p", () => (at("a[rel=prev]") ? at("a[rel=prev]").click() : history.back()));
  keys.set("t", () => looks.turn());
  keys.set("+", () => looks.resize(1));
  keys.set("-", () => looks.resize(-1));
  keys.set("?", showKeys);
  keys.set("g", () => { going = true; setTimeout(() => { going = false; }, 1500); });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=range]), select, textarea, dialog")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (going && event.key !== "g") {
      going = false;
      const entry = [...document.querySelectorAll("[data-go]")].find((each) => each.dataset.go === event.key);
      if (entry) { event.preventDefault(); entry.click(); return; }
    }
    const what = keys.get(event.key);
    if (what) { event.preventDefault(); what(event); }
  });

  at("#theme").addEventListener("click", () => looks.turn());
  at("#larger").addEventListener("click", () => looks.resize(1));
  at("#smaller").addEventListener("click", () => looks.resize(-1));
  at("#show-keys").addEventListener("click", showKeys);

  // On a phone the pages lie in one line, which may begin before the page that is open.
  const side = at(".side"), here = at(".side [aria-current]");
  if (here) side.scrollLeft = here.offsetLeft - side.clientWidth / 3;

  // An address says only what is asked: fields left empty are not sent.
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
  }
  addEventListener("beforeunload", () => document.body.classList.add("loading"));
  addEventListener("pageshow", () => {
    document.body.classList.remove("loading");
    for (const field of document.querySelectorAll("form.filters :disabled")) field.disabled = false;
  });
})();
