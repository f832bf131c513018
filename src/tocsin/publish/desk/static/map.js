// The map: places as signs on the countries of the world atlas; it zooms and pans.
"use strict";
(() => {
  const SMALLEST = 3.5, LARGEST = 20, NAMED = 24, REACHED = 60, PAN = 60, MAIN = 0.85;
  const frame = document.querySelector(".drawing");
  if (!frame) return;
  const svg = d3.select("#drawing");
  const land = svg.append("g").attr("class", "lands"), signs = svg.append("g"), names = svg.append("g").attr("class", "names").attr("aria-hidden", "true");
  const projection = d3.geoNaturalEarth1();
  const zoom = d3.zoom().scaleExtent([1, 40]).filter(mayZoom).on("zoom", ({ transform }) => { view = transform; place(); });
  const QUADS = [...document.querySelectorAll(".key .sample")].map((each) => each.parentNode.textContent.trim());

  let world, items = [], width = 0, height = 0, view = d3.zoomIdentity, now = [];

  // The wheel scrolls the page unless the map is meant.
  function mayZoom(event) {
    const meant = event.ctrlKey || document.activeElement === svg.node();
    return event.type === "wheel" ? meant : !event.ctrlKey && !event.button;
  }

  async function prepare(data) {
    items = data.items;
    const atlas = await (await fetch(frame.dataset.world)).json();
    world = topojson.feature(atlas, atlas.objects.countries).features;
    svg.call(zoom).on("dblclick.zoom", null).on("keydown", press);
    for (const button of frame.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => MOVES[button.dataset.zoom]());
  }

  function layOut(room) {
    width = room;
    height = Math.min(Math.max(width * 0.52, 300), 620);
    svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    projection.fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" });
    for (const item of items) [item.x, item.y] = projection(item.drawn.at);
    zoom.extent([[0, 0], [width, height]]).translateExtent([[0, 0], [width, height]]);
    land.selectAll("path").data(world).join("path").attr("class", "land").attr("d", d3.geoPath(projection));
    showPlaces();
  }

  // ------------------------------------------------------------------ zooming

  const go = (how, ...what) => (time.still.matches ? svg : svg.transition().duration(250)).call(how, ...what);
  const showWorld = () => go(zoom.transform, d3.zoomIdentity);

  // Show where most happened: a single event far away shall not make all the others small.
  function showPlaces() {
    const events = items.map(({ cells }) => d3.sum(cells, ([, number]) => number));
    const enough = MAIN * d3.sum(events);
    const main = items.filter((_, rank) => d3.sum(events.slice(0, rank)) < enough);
    const [[left, right], [top, bottom]] = [d3.extent(main, ({ x }) => x), d3.extent(main, ({ y }) => y)];
    const room = 0.75 * Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1));
    const scale = Math.min(Math.max(room, 1), 12);
    svg.call(zoom.transform, d3.zoomIdentity.translate(width / 2, height / 2).scale(scale).translate(-(left + right) / 2, -(top + bottom) / 2));
  }

  const MOVES = {
    in: () => go(zoom.scaleBy, 1.6),
    out: () => go(zoom.scaleBy, 1 / 1.6),
    places: showPlaces,
    world: showWorld,
  };
  const KEYS = {
    "+": MOVES.in, "=": MOVES.in, "-": MOVES.out, 0: showPlaces, 1: showWorld,
    ArrowLeft: () => pan(PAN, 0), ArrowRight: () => pan(-PAN, 0), ArrowUp: () => pan(0, PAN), ArrowDown: () => pan(0, -PAN),
  };
  const pan = (x, y) => svg.call(zoom.translateBy, x / view.k, y / view.k);

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  }

  // ------------------------------------------------------------------ one window

  function draw(shown, help) {
    const area = d3.scaleSqrt([0, help.peak(items.map(({ cells }) => cells))], [SMALLEST, LARGEST]);
    now = shown;
    for (const each of shown) Object.assign(each, { quad: d3.maxIndex(each.sums.slice(1)), radius: area(each.sums[0]) });
    const links = signs.selectAll("a").data(shown, ({ item }) => item.href).join((enter) => {
      const link = enter.append("a");
      link.append("path");
      return link.on("mouseenter focus", time.tell);
    }).order();
    links.attr("href", ({ item }) => help.link(item.href)).attr("aria-label", placeSaid)
      .attr("tabindex", (_, rank) => (rank < REACHED ? null : -1));
    links.select("path").attr("class", ({ quad }) => `spot quad-${quad + 1}`)
      .attr("d", sign);
    place();
  }

  // A circle for cooperation, a square on its corner for conflict.
  function sign({ quad, radius }) {
    const r = (quad > 1 ? 1.2 * radius : radius).toFixed(1);
    return quad > 1 ? `M0,-${r}L${r},0L0,${r}L-${r},0Z` : `M-${r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 -${r},0Z`;
  }

  function placeSaid({ item, sums: [events, ...quads] }) {
    const kinds = quads.map((number, quad) => number && `${time.count(number)} ${QUADS[quad].replace("mostly ", "")}`).filter(Boolean);
    return `${item.label}: ${time.count(events)} ${events === 1 ? "event" : "events"} (${kinds.join(", ")})`;
  }

  // Put land, signs and names where the zoom has them; signs and names keep their size.
  function place() {
    land.attr("transform", view);
    for (const each of now) [each.x, each.y] = view.apply([each.item.x, each.item.y]);
    signs.selectAll("a").attr("transform", ({ x, y }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`);
    const taken = [];
    const free = ({ x, y, radius, item }) => {
      const box = { left: x, right: x + radius + 8 + item.drawn.name.length * 6.2, top: y - 7, bottom: y + 7 };
      const inside = x > 0 && y > 8 && box.right < width && y < height - 8;
      const covered = taken.some((o) => box.left < o.right && box.right > o.left && box.top < o.bottom && box.bottom > o.top);
      if (!inside || covered || taken.length >= NAMED) return false;
      return taken.push(box) > 0;
    };
    names.selectAll("text").data(now.filter(free), ({ item }) => item.href).join("text").text(({ item }) => item.drawn.name)
      .attr("x", ({ x, radius }) => x + radius + 3).attr("y", ({ y }) => y + 4);
  }

  time.start({ prepare, layOut, draw, numbers: (sums) => sums.map(time.count) });
})();
