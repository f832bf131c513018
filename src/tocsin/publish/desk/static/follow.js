// What takes longer follows by itself: an element says with data-follow from which page of the desk
// the element with its id is to be taken.  One that still waits there is asked for again.
"use strict";
(() => {
  const PAUSE = 700;

  async function follow(waiting) {
    const answer = await fetch(waiting.dataset.follow).catch(() => null);
    if (!answer?.ok) return fail(waiting);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const come = page.getElementById(waiting.id);
    if (!come) return fail(waiting);
    if (come.dataset.follow) return setTimeout(follow, PAUSE, waiting);
    waiting.replaceWith(document.adoptNode(come));
    document.dispatchEvent(new CustomEvent("desk:come", { detail: come }));
    come.querySelectorAll("[data-follow]").forEach(follow);
  }

  function fail(waiting) {
    waiting.removeAttribute("aria-busy");
    const told = document.createElement("p");
    told.className = "problem";
    told.setAttribute("role", "alert");
    told.textContent = "This could not be worked out. Load the page again.";
    waiting.replaceChildren(told);
  }

  document.querySelectorAll("[data-follow]").forEach(follow);
})();
