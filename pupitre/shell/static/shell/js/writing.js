// What helps while writing: drafts kept at each pause, counters that speak only near the limit.
(function () {
  "use strict";
  const PREFIX = "draft:";
  const timers = new WeakMap();

  const key = (control) => PREFIX + location.pathname + ":" + (control.dataset.autosave || control.name);

  function keep(control) {
    try {
      if (control.value === control.defaultValue) localStorage.removeItem(key(control));
      else localStorage.setItem(key(control), control.value);
      control.dispatchEvent(new CustomEvent("pupitre:kept", { bubbles: true }));
    } catch (refused) { /* Storage is full or forbidden: the form still works. */ }
  }

  function giveBack(root) {
    for (const control of root.querySelectorAll("[data-autosave]")) {
      try {
        const kept = localStorage.getItem(key(control));
        if (kept !== null && kept !== control.value) {
          control.value = kept;
          control.dispatchEvent(new Event("input", { bubbles: true }));
        }
      } catch (refused) { return; }
    }
  }

  document.addEventListener("input", (event) => {
    const control = event.target;
    if (control.dataset && control.dataset.autosave !== undefined) {
      window.clearTimeout(timers.get(control));
      timers.set(control, window.setTimeout(() => keep(control), 600));
    }
    if (control.dataset && control.dataset.counts) count(control);
  });

  // A draft is forgotten when its form leaves; the server shows it again if it refuses.
  function forget(form) {
    for (const control of form.querySelectorAll("[data-autosave]")) {
      window.clearTimeout(timers.get(control));
      try { localStorage.removeItem(key(control)); } catch (refused) { return; }
    }
  }
  document.addEventListener("submit", (event) => { if (!event.target.hasAttribute("hx-post")) forget(event.target); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest ? event.detail.elt.closest("form") : null;
    if (form && event.detail.successful && event.detail.requestConfig.verb !== "get") forget(form);
  });

  const segmenter = window.Intl && Intl.Segmenter ? new Intl.Segmenter() : null;
  const length = (text) => (segmenter ? Array.from(segmenter.segment(text)).length : Array.from(text).length);

  function count(control) {
    const counter = document.getElementById(control.dataset.counts);
    if (!counter) return;
    const limit = Number(counter.dataset.limit);
    const used = length(control.value);
    const left = limit - used;
    const figure = counter.querySelector("[data-used]") || counter;
    figure.textContent = String(used);
    counter.classList.toggle("counter-near", left >= 0 && left <= Number(counter.dataset.near || 20));
    counter.classList.toggle("counter-over", left < 0);
    if ((left === 20 || left === 10 || left === 0 || left === -1) && counter.dataset.left && window.pupitre) {
      window.pupitre.say(counter.dataset.left.replace("%s", String(left)));
    }
  }

  function start(root) {
    giveBack(root);
    for (const control of root.querySelectorAll("[data-counts]")) count(control);
  }
  document.addEventListener("htmx:load", (event) => start(event.detail.elt));
  start(document);
})();
