// Renews the list of what is running, in place, while something is still on its way.
"use strict";

(() => {
  const box = document.getElementById("status");
  let seconds = Number(box.dataset.every);
  const renew = async () => {
    try {
      const answer = await fetch("/home/status", { cache: "no-store" });
      if (answer.ok) {
        const fresh = await answer.text();
        if (fresh !== box.dataset.last) box.innerHTML = fresh;
        box.dataset.last = fresh;
        seconds = box.querySelector(".progress, .chip.amber, .chip.red") ? 3 : 30;
      }
    } catch { seconds = 10; }
    setTimeout(renew, seconds * 1000);
  };
  setTimeout(renew, (seconds || 30) * 1000);
})();
