// Reading on the desk: files are dropped, Ctrl+Enter sends, and what takes time says so.
"use strict";
(() => {
  const form = document.querySelector("form.reader");
  const file = form.querySelector("#r-file");
  const drop = form.querySelector("#drop");
  const told = form.querySelector("#reading");
  const button = form.querySelector("button.main");
  const before = told.textContent;

  const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    told.textContent = `${file.files[0]?.name ?? "Nothing"} is to be read.`;
    button.focus();
  });
  form.querySelector("#r-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(button); }
  });
  // The desk would end a request that is too large before its end, and the browser would say nothing.
  const isTooLarge = () => [...file.files].some((each) => each.size > Number(file.dataset.most));
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      told.textContent = `This file is too large; expected at most ${Number(file.dataset.most).toLocaleString("en")} bytes.`;
      return;
    }
    told.textContent = "Reading …  The first time the reader is loaded, which takes longer.";
    told.classList.add("waiting");
    button.disabled = true;
  });
  addEventListener("pageshow", () => {
    told.textContent = before;
    told.classList.remove("waiting");
    button.disabled = false;
  });
})();
