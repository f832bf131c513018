// The network: parties as circles, pairs as lines with an arrow.  Where the parties lie is worked out
// once for the whole span, from the same beginning each time, so that nothing jumps as time moves.
"use strict";
(() => {
  const PARTIES = 30, PAIRS = 60, SMALLEST = 4, LARGEST = 18, WIDEST = 8, MARGIN = 56;
  const SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const frame = document.querySelector(".drawing");
  if (!frame) return;
  const svg = d3.select("#drawing");
  const lines = svg.append("g"), circles = svg.append("g");
  const number = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
  const tone = (score) => (score < -1 ? "conflict" : score > 1 ? "cooperation" : "mixed");

  let parties = [], pairs = [], width = 0, height = 0;

  // ------------------------------------------------------------------ where parties lie

  function prepare({ items }) {
    const found = new Map();
    for (const item of items) {
      item.drawn.pair.forEach((code, side) => {
        if (!found.has(code)) found.set(code, { code, name: item.drawn.names[side], cells: [] });
        if (!side || code !== item.drawn.pair[0]) found.get(code).cells.push(...item.cells);
      });
    }
    const between = items.filter(({ drawn: { pair } }) => pair[0] !== pair[1]);
    const met = new Set(between.flatMap(({ drawn: { pair } }) => pair));
    const size = (party) => d3.sum(party.cells, ([, events]) => events);
    parties = [...found.values()].filter(({ code }) => met.has(code))
      .sort((one, other) => size(other) - size(one) || d3.ascending(one.code, other.code)).slice(0, PARTIES);
    const known = new Map(parties.map((party) => [party.code, party]));
    pairs = between.map((item) => ({ item, source: known.get(item.drawn.pair[0]), target: known.get(item.drawn.pair[1]) }))
      .filter(({ source, target }) => source && target);
  }

  function layOut(room) {
    width = room;
    height = Math.min(Math.max(width * 0.58, 380), 620);
    svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    for (const party of parties) { delete party.x; delete party.y; party.vx = party.vy = 0; }
    const ties = pairs.map(({ source, target, item }) => ({ source, target, events: d3.sum(item.cells, ([, events]) => events) }));
    d3.forceSimulation(parties)
      .force("ties", d3.forceLink(ties).distance(90).strength((tie) => 0.05 + 0.4 * Math.sqrt(tie.events / (d3.max(ties, (each) => each.events) || 1))))
      .force("apart", d3.forceManyBody().strength(-420))
      .force("x", d3.forceX().strength(0.09 * height / width)).force("y", d3.forceY().strength(0.09))
      .force("room", d3.forceCollide(2.1 * LARGEST))
      .stop().tick(300);
    // The whole drawing is used, whatever its shape.
    const fit = (key, end) => {
      const [least, most] = d3.extent(parties, (party) => party[key]);
      const scale = d3.scaleLinear([least, most], [MARGIN, end - MARGIN]);
      for (const party of parties) party[key] = least === most ? end / 2 : scale(party[key]);
    };
    fit("x", width);
    fit("y", height);
    svg.selectAll("text").remove();
    placeNames();
  }

  // Put each name on a side where it covers no other and no party, if there is one; largest first.
  function placeNames() {
    const taken = parties.map(({ x, y }) => ({ left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 }));
    const probe = svg.append("text").attr("class", "name");
    for (const party of parties) {
      party.half = probe.text(party.name).node().getComputedTextLength() / 2;
      const boxes = SIDES.map((side) => {
        const [x, y] = nameAt({ ...party, side, radius: LARGEST * 0.6 });
        return { side, left: x - party.half, right: x + party.half, top: y - 11, bottom: y + 3 };
      });
      const covers = (box) => d3.sum(taken, (other) => overlap(box, other, "left", "right") * overlap(box, other, "top", "bottom"));
      const outside = ({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height;
      const best = d3.least(boxes, (box) => covers(box) + (outside(box) ? 10_000 : 0));
      taken.push(best);
      party.side = best.side;
    }
    probe.remove();
  }

  const overlap = (one, other, from, to) => Math.max(0, Math.min(one[to], other[to]) - Math.max(one[from], other[from]));

  function nameAt({ x, y, half, radius, side: [right, down] }) {
    const below = down > 0 ? radius + 14 : down < 0 ? -radius - 5 : 4;
    return [x + right * (half + (down ? 0 : radius + 4)), y + below];
  }

  // ------------------------------------------------------------------ one window

  function draw(shown, help) {
    const sums = new Map(shown.map((each) => [each.item, each.sums]));
    const share = d3.scaleSqrt([0, help.peak(parties.map(({ cells }) => cells))], [SMALLEST, LARGEST]);
    const broad = d3.scaleSqrt([0, help.peak(pairs.map(({ item }) => item.cells))], [1, WIDEST]);
    for (const party of parties) Object.assign(party, { by: 0, on: 0, within: 0 });
    const known = new Map(parties.map((party) => [party.code, party]));
    for (const [{ drawn: { pair: [actor, recipient] } }, [events]] of sums) {
      if (actor === recipient) { if (known.has(actor)) known.get(actor).within += events; continue; }
      if (known.has(actor)) known.get(actor).by += events;
      if (known.has(recipient)) known.get(recipient).on += events;
    }
    for (const party of parties) party.radius = share(party.by + party.on + party.within);
    const now = pairs.filter(({ item }) => sums.has(item)).map((pair) => ({ ...pair, sums: sums.get(pair.item) }));
    now.sort((one, other) => other.sums[0] - one.sums[0]);
    drawPairs(now.slice(0, PAIRS), broad, help);
    drawParties();
  }

  function drawPairs(now, broad, help) {
    const links = lines.selectAll("a").data(now, ({ item }) => item.href).join((enter) => {
      const link = enter.append("a").attr("class", "tie");
      link.append("path").attr("class", "hit");
      link.append("path");
      return link.on("mouseenter focus", lit).on("mouseleave blur", unlit);
    }).order();
    links.attr("href", ({ item }) => help.link(item.href)).attr("aria-label", pairSaid);
    links.select(".hit").attr("d", curve);
    links.select("path:last-child").attr("d", curve)
      .attr("class", ({ sums: [events, , score] }) => `edge ${tone(score / events)}`)
      .attr("stroke-width", ({ sums: [events] }) => broad(events))
      .attr("marker-end", ({ sums: [events, , score] }) => `url(#to-${tone(score / events)})`);
  }

  const pairSaid = ({ item, sums: [events, conflict, score] }) =>
    `${item.label}: ${time.count(events)} ${events === 1 ? "event" : "events"}, ${time.count(conflict)} of conflict, mean score ${number(score / events)}`;

  // Bent to one side, so that the two directions do not cover each other.
  function curve({ source, target }) {
    const [dx, dy] = [target.x - source.x, target.y - source.y];
    const [cx, cy] = [(source.x + target.x) / 2 - dy * 0.14, (source.y + target.y) / 2 + dx * 0.14];
    const edge = (party, beyond) => {
      const far = Math.hypot(cx - party.x, cy - party.y) || 1, reach = party.radius + beyond;
      return `${(party.x + (cx - party.x) * reach / far).toFixed(1)},${(party.y + (cy - party.y) * reach / far).toFixed(1)}`;
    };
    return `M${edge(source, 1)}Q${cx.toFixed(1)},${cy.toFixed(1)} ${edge(target, 3)}`;
  }

  function drawParties() {
    const active = ({ by, on, within }) => by + on + within > 0;
    const links = circles.selectAll("a").data(parties, ({ code }) => code).join((enter) => {
      const link = enter.append("a").attr("class", "party");
      link.append("circle").attr("class", "node");
      return link.on("mouseenter focus", lit).on("mouseleave blur", unlit);
    });
    links.selectAll("text").data((party) => [party]).join("text").attr("class", "name").text(({ name }) => name)
      .attr("x", (party) => nameAt(party)[0]).attr("y", (party) => nameAt(party)[1]);
    links.classed("absent", (party) => !active(party)).attr("aria-label", partySaid)
      .attr("href", ({ code }) => { const url = new URL(location); url.searchParams.set("about", code); return `${url.pathname}${url.search}`; })
      .attr("tabindex", (party) => (active(party) ? null : -1));
    links.select("circle").attr("cx", ({ x }) => x).attr("cy", ({ y }) => y).attr("r", ({ radius }) => radius);
  }

  const partySaid = ({ name, by, on, within }) =>
    `${name}: ${time.count(by)} by it, ${time.count(on)} on it, ${time.count(within)} inside`;

  function lit(_, chosen) {
    time.tell.call(this);
    const ofPair = ({ source, target }) => chosen === source || chosen === target;
    svg.classed("choosing", true);
    lines.selectAll("a").classed("lit", (each) => each.item === chosen.item || ofPair(each));
    const near = new Set([chosen, chosen.source, chosen.target]);
    lines.selectAll("a.lit").each(({ source, target }) => near.add(source).add(target));
    circles.selectAll("a").classed("lit", (each) => near.has(each));
  }

  function unlit() {
    svg.classed("choosing", false);
    svg.selectAll(".lit").classed("lit", false);
  }

  time.start({
    prepare,
    layOut,
    draw,
    numbers: ([events, conflict, score]) => [time.count(events), time.count(conflict), number(score / events)],
  });
})();
