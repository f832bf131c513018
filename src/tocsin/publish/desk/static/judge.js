// Keys for judging: c confirm, x reject, u undo, e correct.  On a list they are about the chosen
// record, and what was said is told in place; elsewhere they press the buttons of the page.  A key
// that is held says nothing more.
"use strict";
(() => {
  const at = (selector) => document.querySelector(selector);
  const strip = at("#judging-strip");
  const JUDGEMENTS = "/api/v1/judgements";
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
    told.textContent = "";
    const said = { record: row.dataset.record, judge: name.value, verdict };
    const data = await post(said).catch(() => ({ detail: "Not kept: the desk does not answer" }));
    const word = verdict === "withdrawn" ? "taken back" : verdict;
    told.textContent = data.kept ? `${data.kept[0].judge}: ${word}.` : [data.detail, data.expected].filter(Boolean).join("; ");
    if (data.kept) tell(row).catch(() => {}); // it is kept, and a page that is loaded anew shows it
  }

  async function post(said) {
    const headers = { "content-type": "application/json" };
    return (await fetch(JUDGEMENTS, { method: "POST", headers, body: JSON.stringify(said) })).json();
  }

  // The badges of the record say what stands now, of every judge, as on a page that is loaded anew.
  async function tell(row) {
    const asked = new URLSearchParams({ record: row.dataset.record, limit: 1000 });
    const { records } = await (await fetch(`${JUDGEMENTS}?${asked}`)).json();
    for (const each of row.querySelectorAll("[data-verdict]")) each.remove();
    for (const verdict of [...new Set(records.map((each) => each.verdict))].sort()) {
      const badge = document.createElement("span");
      badge.dataset.verdict = "";
      badge.className = `badge tone-${verdict}`;
      badge.textContent = verdict;
      (row.querySelector("[data-open]")?.parentNode ?? row.lastElementChild).append(" ", badge);
    }
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

  const once = (what) => (event) => { if (!event.repeat) what(); };
  desk.key("c", once(() => (strip ? say("confirmed") : press("confirmed", "complete"))));
  desk.key("x", once(() => (strip ? say("rejected") : press("rejected"))));
  desk.key("u", once(() => (strip ? say("withdrawn") : press("withdrawn"))));
  desk.key("e", correct);
})();
