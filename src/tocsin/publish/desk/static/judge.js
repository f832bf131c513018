// Keys for judging: c confirm, x reject, u undo, e correct.  On a list they are about the chosen
// record, and what was said is told in place; elsewhere they press the buttons of the page.
"use strict";
(() => {
  const at = (selector) => document.querySelector(selector);
  const strip = at("#judging-strip");
  let wanted = null; // what is to be said once it is known who judges

  strip?.addEventListener("submit", (event) => {
    event.preventDefault();
    at("#strip-judge").blur();
    desk.refocus();
    if (wanted) say(wanted);
  });

  const press = (...verdicts) => {
    const found = verdicts.map((each) => at(`form.judging button[value="${each}"]`)).find(Boolean);
    found?.click();
  };

  async function say(verdict) {
    const row = desk.chosen();
    const name = at("#strip-judge");
    const told = at("#judging-told");
    strip.hidden = false;
    row?.scrollIntoView({ block: "nearest" }); // above the strip
    if (!row?.dataset.record) { told.textContent = "Choose a record with j and k, then say it."; return; }
    wanted = name.value.trim() ? null : verdict;
    if (wanted) { told.textContent = "Who judges?  Enter goes on."; name.focus(); return; }
    const said = { record: row.dataset.record, judge: name.value, verdict };
    const answer = await fetch("/api/v1/judgements", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(said),
    });
    const data = await answer.json();
    const word = verdict === "withdrawn" ? "taken back" : verdict;
    told.textContent = answer.ok ? `${data.kept[0].judge}: ${word}.` : [data.detail, data.expected].filter(Boolean).join("; ");
    if (answer.ok) tell(row, verdict);
  }

  // The badge of the record says what was said last; a page that is loaded anew, all that stands.
  function tell(row, verdict) {
    for (const each of row.querySelectorAll("[data-verdict]")) each.remove();
    if (verdict === "withdrawn") return;
    const badge = document.createElement("span");
    badge.dataset.verdict = "";
    badge.className = `badge tone-${verdict}`;
    badge.textContent = verdict;
    (row.querySelector("[data-open]")?.parentNode ?? row.lastElementChild).append(" ", badge);
  }

  function correct() {
    const row = strip && desk.chosen();
    if (row?.dataset.record) {
      const back = location.pathname + location.search;
      location.assign(`/judge?${new URLSearchParams({ record: row.dataset.record, back })}`);
      return;
    }
    const details = at("details.correcting");
    if (!details) { at("a.correct")?.click(); return; }
    details.open = true;
    details.querySelector("input:not([type=hidden]), select").focus();
  }

  desk.key("c", () => (strip ? say("confirmed") : press("confirmed", "complete")));
  desk.key("x", () => (strip ? say("rejected") : press("rejected")));
  desk.key("u", () => (strip ? say("withdrawn") : press("withdrawn")));
  desk.key("e", correct);
})();
