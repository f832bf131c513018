// Lists: numbers that took too long for the page follow once it is shown; keys for filters (f) and counts (v).
"use strict";
(() => {
  const at = (selector) => document.querySelector(selector);

  async function follow() {
    const counts = at("aside[data-more]");
    if (!counts) return;
    const answer = await fetch(counts.dataset.more);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("aside");
    if (!fresh || counts.contains(document.activeElement)) return;
    const open = [...counts.querySelectorAll("details[open]")].map((each) => each.closest("section").dataset.facet);
    for (const name of open) fresh.querySelector(`[data-facet="${CSS.escape(name)}"] details`)?.setAttribute("open", "");
    counts.replaceWith(fresh);
    at(".count [data-records]").textContent = fresh.dataset.records;
  }

  desk.key("f", () => at("form.filters input, form.filters select")?.focus());
  desk.key("v", () => at("#counts a")?.focus());
  follow().catch(() => { /* the numbers of the page stay */ });
})();
