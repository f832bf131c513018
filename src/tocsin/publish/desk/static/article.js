// An article: choosing a record marks its words and shows it beside; choosing words shows what lies
// on them.  The server makes every part; an address says what is chosen.
"use strict";
(() => {
  const panel = document.querySelector("#record");
  const told = document.querySelector("#record-told");
  const pieces = [...document.querySelectorAll(".words [data-start]")];
  const starts = pieces.map((piece) => Number(piece.dataset.start));
  const keys = [...document.querySelectorAll('.words [id^="w-"]')].map((place) => place.id.slice(2));
  let asking = null;

  const asked = (href) => new URL(href, location.href).searchParams;
  const record = () => panel.querySelector("[data-record]")?.dataset.record;

  function parse(page) {
    const found = new DOMParser().parseFromString(page, "text/html");
    return found.querySelector(".problem, .record, .acts-explained");
  }

  // What the server answers as a part of a page; a problem is shown as it tells it.
  async function fetchPart(address, signal) {
    const answer = await fetch(address, { headers: { "x-part": "yes" }, signal });
    return parse(await answer.text());
  }

  function say(words, wait = false) {
    const line = document.createElement("p");
    line.textContent = words;
    line.classList.toggle("waiting", wait);
    return line;
  }

  // ------------------------------------------------------------------ the record and its words

  function firstAfter(offset) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < offset) low = middle + 1; else high = middle;
    }
    return low;
  }

  function mark() {
    for (const piece of document.querySelectorAll(".words .chosen")) piece.classList.remove("chosen");
    const spans = panel.querySelector("[data-spans]")?.dataset.spans.trim().split(/\s+/) ?? [];
    let first = null;
    for (const [start, end] of spans.map((span) => span.split("-").map(Number))) {
      for (let at = firstAfter(start); at < pieces.length && starts[at] < end; at += 1) {
        pieces[at].classList.add("chosen");
        first ??= pieces[at];
      }
    }
    for (const link of document.querySelectorAll(".found [aria-current]")) link.removeAttribute("aria-current");
    const chosen = record() && `.found a[href^="?record=${CSS.escape(record())}#"]`;
    for (const link of chosen ? document.querySelectorAll(chosen) : []) link.ariaCurrent = "true";
    return first;
  }

  async function show(address, scroll) {
    asking?.abort();
    asking = new AbortController();
    const mine = asking;
    panel.ariaBusy = "true";
    const late = setTimeout(() => { if (!panel.firstElementChild) panel.replaceChildren(say("Looking it up …", true)); }, 200);
    try {
      const part = await fetchPart(address, mine.signal);
      panel.replaceChildren(...(part ? [part] : []));
    } catch (error) {
      if (error.name === "AbortError") return;
      panel.replaceChildren(say("The desk does not answer.  Does `tocsin desk` still run?"));
    } finally {
      clearTimeout(late);
      if (mine === asking) panel.ariaBusy = "false";
    }
    const first = mark();
    if (scroll) first?.scrollIntoView({ block: "nearest" });
    panel.closest(".panel").scrollTop = panel.scrollTop = 0; // which of the two scrolls depends on the width
    told.textContent = panel.querySelector("#record-title, .record p:last-child, .problem p")?.textContent ?? "";
  }

  function choose(search, { push = true, scroll = true } = {}) {
    const address = `${panel.dataset.page}${search}`;
    history[push ? "pushState" : "replaceState"](null, "", address);
    return show(address, scroll);
  }

  const chooseRecord = (key, how) => choose(`?record=${encodeURIComponent(key)}`, how);

  function close() {
    asking?.abort();
    panel.ariaBusy = "false";
    panel.replaceChildren();
    history.replaceState(null, "", panel.dataset.page);
    mark();
  }

  // ------------------------------------------------------------------ choosing

  function step(by) {
    const now = keys.indexOf(asked(location.href).get("record") ?? record());
    if (!keys.length) return;
    const next = now < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(Math.max(now + by, 0), keys.length - 1);
    chooseRecord(keys[next], { push: false });
  }

  async function explain(link) {
    const place = link.closest(".explained");
    const again = say("The reader reads the article again.  The first time it is loaded, which takes longer …", true);
    const before = [...place.childNodes];
    again.setAttribute("role", "status");
    place.replaceChildren(again);
    try {
      const part = await fetchPart(link.href);
      place.replaceChildren(part ?? say("The desk gives no answer to this."));
    } catch {
      place.replaceChildren(say("The desk does not answer."), ...before);
    }
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[href]");
    if (link?.matches("[data-explain]")) {
      event.preventDefault();
      explain(link);
    } else if (link?.matches(".close")) {
      event.preventDefault();
      close();
    } else if (link && !link.getAttribute("href").startsWith("#") && link.pathname === panel.dataset.page && asked(link.href).get("record")) {
      event.preventDefault();
      chooseRecord(asked(link.href).get("record"));
    } else if (!link && getSelection().isCollapsed) {
      const piece = event.target.closest(".words [data-start][class]");
      if (piece) choose(`?words=${piece.dataset.start}-${piece.dataset.end}`, { scroll: false });
    }
  });

  // Selected words, by mouse, touch or keys: what lies on them is shown once the selection rests.
  let resting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      const selected = getSelection();
      if (selected.isCollapsed) return;
      const range = selected.getRangeAt(0);
      const on = pieces.filter((piece) => range.intersectsNode(piece));
      if (on.length) choose(`?words=${on[0].dataset.start}-${on.at(-1).dataset.end}`, { push: false, scroll: false });
    }, 400);
  });

  addEventListener("popstate", () => {
    asking?.abort();
    if (record() && asked(location.href).get("record") === record()) return;
    if (/[?&](record|words)=/.test(location.search)) show(location.href, true); else { panel.replaceChildren(); mark(); }
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && panel.firstElementChild && !document.querySelector("dialog[open]")) close(); });
  desk.key("j", () => step(1));
  desk.key("k", () => step(-1));
  desk.key("w", () => panel.querySelector("[data-explain]")?.click());
  mark()?.scrollIntoView({ block: "nearest" });
})();
