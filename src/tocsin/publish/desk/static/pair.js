// The course of a pair, drawn with uPlot from the table beneath: bars of all reports and of what
// stands, days without any article and alarms marked.  Drawing over days opens these days.
"use strict";
(() => {
  const MARKS = { rang: "ringing", rings: "ringing" };
  let charts = [];

  // Colours are what the key of the charts is painted with, so they are right in light and dark.
  const paint = (name) => getComputedStyle(document.querySelector(`.key .swatch.${name}`)).backgroundColor;
  const ink = () => getComputedStyle(document.querySelector(".charts figcaption")).color;
  const lines = () => getComputedStyle(document.querySelector(".key .swatch")).borderColor;

  function read(table) {
    return [...table.tBodies[0].rows].map((row) => {
      const [, , conflict, standing, cooperation, standingToo] = [...row.cells].map((cell) => Number(cell.textContent));
      return {
        day: row.querySelector("time").dateTime, last: row.dataset.last,
        conflict: [conflict, standing], cooperation: [cooperation, standingToo],
        mark: row.querySelector(".mark").textContent, covered: !row.classList.contains("uncovered"),
      };
    });
  }

  // Behind the bars: stretches without an article, those under an alarm, and where it rang.
  function shade(plot, rows) {
    const { left, top, width, height } = plot.bbox;
    const step = width / rows.length;
    rows.forEach((row, number) => {
      const name = row.covered ? MARKS[row.mark] : "uncovered";
      if (name) {
        plot.ctx.fillStyle = paint(name);
        plot.ctx.globalAlpha = row.covered ? 1 : 0.6;
        plot.ctx.fillRect(left + number * step, top, step, height);
        plot.ctx.globalAlpha = 1;
      }
      if (row.mark === "rang") {
        plot.ctx.fillStyle = getComputedStyle(document.querySelector(".numbers .mark")).color;
        plot.ctx.fillRect(left + number * step, top, 2 * devicePixelRatio, height);
      }
    });
  }

  function draw(place, rows, reading) {
    const kind = place.dataset.chart;
    const bars = (name, at) => ({
      label: name, fill: paint(name), stroke: paint(name), width: 0, points: { show: false },
      paths: uPlot.paths.bars({ size: [0.85, 60], align: 0 }), value: (_, number) => number, at,
    });
    const axis = { stroke: ink(), grid: { stroke: lines(), width: 1, dash: [2, 4] }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    return new uPlot({
      width: place.clientWidth, height: place.clientHeight, legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: false, range: () => [-0.5, rows.length - 0.5] }, y: { range: (_, low, high) => [0, Math.max(high, 1)] } },
      axes: [
        { ...axis, grid: { show: false }, incrs: [1, 2, 4, 7, 14, 28, 56, 112, 224, 448], space: 80, values: (_, at) => at.map((n) => rows[n]?.day ?? "") },
        { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10000] },
      ],
      series: [{}, bars("reports", 0), bars("standing", 1)],
      hooks: {
        drawClear: [(plot) => shade(plot, rows)],
        setCursor: [(plot) => {
          const row = rows[plot.cursor.idx];
          reading.textContent = row && plot.cursor.left >= 0 ? `${row.day}: ${row[kind][0]} reports, ${row[kind][1]} stand` : "";
        }],
        setSelect: [(plot) => {
          if (plot.select.width < 4) return;
          const at = (x) => rows[Math.min(Math.max(Math.round(plot.posToVal(x, "x")), 0), rows.length - 1)];
          open({ since: at(plot.select.left).day, until: at(plot.select.left + plot.select.width).last });
        }],
      },
    }, [rows.map((_, number) => number), rows.map((row) => row[kind][0]), rows.map((row) => row[kind][1])], place);
  }

  function open(changed) {
    const asked = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changed)) asked.set(name, value);
    location.search = asked;
  }

  function drawAll() {
    const table = document.querySelector("#numbers");
    if (!table) return;
    charts.forEach((chart) => chart.destroy());
    document.querySelector(".charts").hidden = false;
    const rows = read(table);
    charts = [...document.querySelectorAll("[data-chart]")].map((place) => {
      const caption = place.parentElement.querySelector("figcaption");
      let reading = caption.querySelector(".reading");
      if (!reading) {
        reading = caption.appendChild(document.createElement("span"));
        reading.className = "reading";
        reading.setAttribute("aria-hidden", "true");
      }
      return draw(place, rows, reading);
    });
  }

  const resized = () => charts.forEach((chart) => {
    const place = chart.root.parentElement;
    chart.setSize({ width: place.clientWidth, height: place.clientHeight });
  });

  const by = (period) => () => open({ by: period });
  desk.key("d", by("day"));
  desk.key("w", by("week"));
  desk.key("m", by("month"));
  desk.key("x", () => document.querySelector("a[data-turn]")?.click());
  addEventListener("resize", resized);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme", "data-size"] });
  document.addEventListener("desk:come", (event) => { if (event.detail.id === "course") drawAll(); });
  drawAll();
})();
