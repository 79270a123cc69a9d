// Small conveniences on top of pages that work without them: j/k move through the work list, Enter opens, / searches.
"use strict";

(() => {
  const rows = [...document.querySelectorAll(".work tbody tr")];
  const search = document.getElementById("q");
  let here = -1;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const move = (step) => {
    if (!rows.length) return;
    if (here >= 0) rows[here].classList.remove("here");
    here = Math.min(Math.max(here + step, 0), rows.length - 1);
    rows[here].classList.add("here");
    rows[here].querySelector("a").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/" && search) search.focus();
    else return;
    event.preventDefault();
  });

  rows.forEach((row, place) => row.addEventListener("focusin", () => {
    if (here >= 0) rows[here].classList.remove("here");
    here = place;
    row.classList.add("here");
  }));

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 4000);
  });

  // Choosing a field puts its ready-made question into the box, unless something else has been written there.
  const box = document.querySelector("textarea[data-ready]");
  const about = box && document.getElementById(box.dataset.ready);
  if (about) {
    const ready = () => about.selectedOptions[0].dataset.question || "";
    let last = ready();
    about.addEventListener("change", () => {
      if (!box.value.trim() || box.value === last) box.value = ready();
      last = ready();
    });
  }

  // What is being written stays in this tab until it is sent, so that a slip of the finger loses nothing.
  for (const field of document.querySelectorAll("textarea[data-keep]")) {
    const key = "onedoor:" + field.dataset.keep;
    if (!field.value) field.value = sessionStorage.getItem(key) || "";
    field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
  }
  for (const done of document.querySelectorAll("[data-kept-done]")) sessionStorage.removeItem("onedoor:" + done.dataset.keptDone);

  // A link to a line of the conversation opens the conversation.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details");
    if (folded) { folded.open = true; target.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", open);
  open();
})();
