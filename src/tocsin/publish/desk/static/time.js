// Time: a window of days that moves over sums of a longer span, for the network and the map.
// The sums are fetched once: items with cells [step, events, …], steps counted back from the last.
// A view calls time.start({ numbers(sums), prepare(data), layOut(width), draw(shown, help) }); it is laid
// out again, and drawn, whenever its frame gets another width.
"use strict";
(() => {
  const section = document.querySelector("#time");
  const at = (selector) => document.querySelector(selector);
  const DAY = 86_400_000, PAUSE = 800;
  const count = new Intl.NumberFormat("en-US").format;
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const asDay = (text) => Date.parse(`${text}T00:00:00Z`);
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const named = (text) => words.format(asDay(text));

  let data, view, playing, writing, drawn, width = 0;
  let back = 0, length = 1; // the window: steps behind it, and how many it has

  const start = async (given) => {
    view = given;
    if (!section) return;
    section.setAttribute("aria-busy", "true");
    at("#time-state").textContent = "Loading the days …";
    try {
      const answer = await fetch(section.dataset.from);
      if (!answer.ok) throw new Error(answer.statusText);
      data = await answer.json();
    } catch {
      section.removeAttribute("aria-busy");
      at("#time-state").textContent = "The days could not be loaded: the table shows one window.  Load the page again.";
      return;
    }
    at("#time-state").textContent = "";
    if (data.items.length) await open();
    section.removeAttribute("aria-busy");
  };

  async function open() {
    readWindow();
    at(".sliders").hidden = false;
    at(".drawing").hidden = false;
    await view.prepare(data);
    fit();
    new ResizeObserver(fit).observe(at(".drawing"));
    drawDays();
    listen();
    show();
  }

  function readWindow() {
    const { last, step, steps } = data.span;
    const days = (one, other) => Math.round((asDay(one) - asDay(other)) / DAY);
    back = Math.round(days(last, section.dataset.last) / step);
    length = Math.min(Math.round((days(section.dataset.last, section.dataset.first) + 1) / step), steps);
    at("#t-end").max = steps - 1;
    at("#t-length").max = steps;
  }

  function dates() {
    const last = asDay(data.span.last) - back * data.span.step * DAY;
    return { first: iso(last - (length * data.span.step - 1) * DAY), last: iso(last) };
  }

  // ------------------------------------------------------------------ sums

  function sum(cells) {
    const sums = new Array(cells[0].length - 1).fill(0);
    for (const [step, ...numbers] of cells) {
      if (step >= back && step < back + length) numbers.forEach((each, n) => { sums[n] += each; });
    }
    return sums;
  }

  // The most events that any of some lists of cells has in a window of this length, wherever it is.
  function peak(lists) {
    let most = 1;
    for (const cells of lists) {
      const events = new Float64Array(data.span.steps);
      for (const [step, number] of cells) events[step] += number;
      let within = 0;
      events.forEach((number, step) => {
        within += number - (step >= length ? events[step - length] : 0);
        most = Math.max(most, within);
      });
    }
    return most;
  }

  // ------------------------------------------------------------------ showing

  function show() {
    const least = Math.max(Number(section.dataset.least), 1);
    const shown = data.items.map((item) => ({ item, sums: sum(item.cells) })).filter(({ sums }) => sums[0] >= least);
    shown.sort((one, other) => other.sums[0] - one.sums[0]);
    const window = dates();
    say(shown, window);
    list(shown.slice(0, Number(section.dataset.mostRows)), window);
    drawn = [shown, { peak, link: (href) => linked(href, window) }];
    view.draw(...drawn);
  }

  function fit() {
    const room = at(".drawing").clientWidth;
    if (Math.abs(room - width) <= 4) return;
    width = room;
    view.layOut(width);
    if (drawn) view.draw(...drawn);
  }

  // Say above the drawing what a sign in it tells; to be called as the listener of the sign.
  function tell() {
    at("#said").textContent = this.getAttribute("aria-label");
    at("#said").classList.add("told");
  }

  function say(shown, window) {
    const numbers = { items: shown.length, events: d3.sum(shown, ({ sums }) => sums[0]) };
    for (const [reason, steps] of Object.entries(data.left_out)) numbers[reason] = d3.sum(steps.slice(back, back + length));
    for (const place of document.querySelectorAll("[data-number]")) {
      const key = place.dataset.number;
      place.textContent = key in window ? named(window[key]) : count(numbers[key] ?? 0);
    }
    for (const noun of document.querySelectorAll("[data-noun]")) noun.textContent = `${noun.dataset.one}${numbers[noun.dataset.noun] === 1 ? "" : "s"}`;
    const days = length * data.span.step;
    const lasts = `${days} ${days === 1 ? "day" : "days"}`;
    set("#t-end", data.span.steps - 1 - back, named(window.last));
    set("#t-length", length, lasts);
    at("#f-end").value = window.last;
    at("#f-days").value = days;
    d3.selectAll("#t-days-drawn rect").classed("standing", (_, step) => step >= back && step < back + length);
  }

  function set(selector, value, text) {
    const slider = at(selector);
    slider.value = value;
    slider.setAttribute("aria-valuetext", text);
    at(`output[for=${slider.id}]`).textContent = text;
  }

  // Tell a page which days are meant, beside what its address asks already.
  function linked(href, window) {
    const url = new URL(href, location);
    url.searchParams.set("since", window.first);
    url.searchParams.set("until", window.last);
    return `${url.pathname}${url.search}`;
  }

  function list(shown, window) {
    const titles = [...document.querySelectorAll(".moving-table th")].map((each) => each.textContent);
    const rows = shown.map(({ item, sums }) => {
      const link = make("a", item.label, { href: linked(item.href, window), dir: "auto" });
      const cells = view.numbers(sums).map((text, n) => make("td", text, { class: "number", "data-title": titles[n + 1] }));
      const first = make("td", "", { "data-title": titles[0] });
      first.append(link);
      const row = make("tr", "", { "data-row": "" });
      row.append(first, ...cells);
      return row;
    });
    at("#rows").replaceChildren(...rows);
    at("#none").hidden = rows.length > 0;
  }

  function make(name, text, attributes) {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  // The events of each step as bars behind the slider.
  function drawDays() {
    const { steps } = data.span;
    const events = new Array(steps).fill(0);
    for (const { cells } of data.items) for (const [step, number] of cells) events[step] += number;
    const most = Math.max(...events, 1);
    d3.select("#t-days-drawn").attr("viewBox", `0 0 ${steps} 1`).selectAll("rect").data(events).join("rect")
      .attr("x", (_, step) => steps - 1 - step + 0.1).attr("width", 0.8)
      .attr("y", (number) => 1 - number / most).attr("height", (number) => number / most);
  }

  // ------------------------------------------------------------------ moving

  function move(toBack, toLength) {
    const { steps } = data.span;
    length = Math.min(Math.max(toLength, 1), steps);
    back = Math.min(Math.max(toBack, 0), steps - length);
    show();
    clearTimeout(writing); // browsers refuse addresses that change too often
    writing = setTimeout(() => { write(); view.draw(...drawn); }, 150); // some signs lead to this address
  }

  function write() {
    const url = new URL(location);
    url.searchParams.set("end", dates().last);
    url.searchParams.set("days", length * data.span.step);
    history.replaceState(null, "", url);
  }

  function play() {
    if (playing) { stop(); return; }
    if (back === 0) move(data.span.steps - length, length);
    at("#t-play").textContent = "Stop";
    playing = setInterval(() => { if (back === 0 || document.hidden) stop(); else move(back - 1, length); }, PAUSE);
  }

  function stop() {
    clearInterval(playing);
    playing = null;
    at("#t-play").textContent = "Play";
  }

  const KEYS = {
    ArrowLeft: () => move(back + 1, length),
    ArrowRight: () => move(back - 1, length),
    "[": () => move(back, length - 1),
    "]": () => move(back, length + 1),
    ".": play,
  };

  function listen() {
    at("#t-end").addEventListener("input", (event) => move(data.span.steps - 1 - Number(event.target.value), length));
    at("#t-length").addEventListener("input", (event) => move(back, Number(event.target.value)));
    at("#t-play").addEventListener("click", play);
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !KEYS[event.key]) return;
      if (event.target.closest("input, select, textarea, dialog, .scroll")) return;
      event.preventDefault();
      KEYS[event.key]();
    });
  }

  window.time = { start, count, tell, still: matchMedia("(prefers-reduced-motion: reduce)") };
})();
