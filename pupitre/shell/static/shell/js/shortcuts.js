// One-key shortcuts, which a person can switch off in the account page (data-shortcuts="off" on body).
// A link or button carries its key: data-key="r". J and K walk through [data-walk], F8 through advice, ? tells them all.
(function () {
  "use strict";
  if (document.body.dataset.shortcuts === "off") return;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  function walk(selector, step) {
    const places = Array.from(document.querySelectorAll(selector));
    if (!places.length) return;
    const here = places.findIndex((place) => place.contains(document.activeElement));
    const next = places[(here + step + places.length) % places.length] || places[0];
    const target = next.matches("a, button, [tabindex]") ? next : next.querySelector("a, button, [tabindex]");
    if (target) target.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "F8") {
      event.preventDefault();
      walk("[data-advice]", event.shiftKey ? -1 : 1);
      return;
    }
    if (typing(event.target)) return;
    const keys = document.getElementById("keys");
    if (event.key === "?" && keys && keys.togglePopover) {
      keys.togglePopover();
      return;
    }
    const pressed = event.key.toLowerCase();
    if (pressed === "j" || pressed === "k") {
      walk("[data-walk]", pressed === "j" ? 1 : -1);
      return;
    }
    for (const control of document.querySelectorAll("[data-key]")) {
      if (control.dataset.key === pressed && control.offsetParent !== null) {
        event.preventDefault();
        control.click();
        return;
      }
    }
  });
})();
