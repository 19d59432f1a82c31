// Who else is on this conversation, as it happens. Without this file, or when the server holds enough streams already,
// the page shows what stood when it was opened.
(function () {
  "use strict";
  const block = document.querySelector("[data-live]");
  if (!block || !window.EventSource) return;
  const PAUSE = 3000;
  let said = block.textContent.trim();
  let told = 0;

  const stream = new EventSource(block.dataset.live);
  stream.addEventListener("live", (event) => {
    const had = block.contains(document.activeElement);
    block.innerHTML = event.data;
    if (had) {
      const next = block.querySelector("button, a");
      if (next) next.focus();
    }
    const now = block.textContent.trim();
    const first = block.querySelector(".live-line");
    if (now !== said && first && window.pupitre) window.pupitre.say(first.textContent.trim());
    said = now;
  });
  window.addEventListener("pagehide", () => stream.close());

  const token = () => {
    try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; } catch (none) { return ""; }
  };
  document.addEventListener("input", (event) => {
    if (event.target.id !== "reply-text" || Date.now() - told < PAUSE) return;
    told = Date.now();
    fetch(block.dataset.typing, { method: "POST", headers: { "X-CSRFToken": token() }, keepalive: true })
      .catch(() => { told = 0; });
  });
})();
