// Small comforts of every page; all of them work without this file.
(function () {
  "use strict";
  const live = () => document.getElementById("live");

  const desk = {
    say(text) {
      const region = live();
      if (!region) return;
      region.textContent = "";
      window.setTimeout(() => { region.textContent = text; }, 50);
    },
  };
  window.pupitre = desk;

  // The date of the top bar and the clocks follow the minute; nothing is announced, no ring moves by itself.
  function words(minutes, node) {
    const day = Number(node.dataset.dayMinutes || 1440);
    if (minutes < 60) return [String(Math.round(minutes)), "min"];
    if (minutes < day) {
      const total = Math.round(minutes);
      return [Math.floor(total / 60) + "\u202fh", total % 60 ? String(total % 60).padStart(2, "0") : ""];
    }
    return null;
  }

  function tick() {
    const now = Date.now();
    for (const node of document.querySelectorAll("[data-due]")) {
      const left = (Date.parse(node.dataset.due) - now) / 60000;
      const text = left > 0 ? words(left, node) : null;
      const lines = node.querySelectorAll(".clock-text > *");
      if (text && lines.length) {
        lines[0].textContent = text[0];
        if (lines[1]) lines[1].textContent = text[1];
      }
    }
    const place = document.querySelector("[data-now]");
    if (place && place.dataset.zone) {
      const language = document.documentElement.lang;
      const date = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
        timeZone: place.dataset.zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
      }).format(now);
      const parts = new Intl.DateTimeFormat("en-GB", {
        timeZone: place.dataset.zone, hour: "numeric", minute: "2-digit", hourCycle: "h23",
      }).formatToParts(now);
      const part = (type) => parts.find((one) => one.type === type).value;
      const hour = Number(part("hour"));
      const minute = part("minute");
      const time = language === "fr"
        ? `${hour}\u202fh${minute === "00" ? "" : "\u202f" + minute}`
        : `${hour % 12 || 12}${minute === "00" ? "" : "." + minute}\u00a0${hour < 12 ? "am" : "pm"}`;
      place.textContent = date.charAt(0).toUpperCase() + date.slice(1).replace(/^(\w+),/, "$1") + ", " + time;
    }
  }

  function startTicking() {
    const untilMinute = 60000 - (Date.now() % 60000);
    window.setTimeout(() => { tick(); window.setInterval(tick, 60000); }, untilMinute + 50);
  }

  // One menu open at a time; Escape closes it and gives the focus back.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const form = event.target.closest ? event.target.closest("[data-posture]") : null;
    if (form) form.reset();
    for (const menu of document.querySelectorAll("details.menu[open], details.dock-more-holder[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open], details.dock-more-holder[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("click", (event) => {
    const closed = event.target.closest("[data-closed]");
    if (closed) {
      const reason = closed.parentElement.querySelector(".button-reason");
      if (reason) desk.say(reason.textContent);
      return;
    }
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    const text = "value" in source ? source.value : source.textContent;
    navigator.clipboard.writeText(text.trim()).then(() => {
      const done = button.dataset.copied || "";
      if (done) {
        button.dataset.label = button.dataset.label || button.textContent;
        button.lastChild.textContent = done;
        desk.say(done);
        window.setTimeout(() => { button.lastChild.textContent = button.dataset.label.trim(); }, 4000);
      }
    });
  });

  function focusFault() {
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus({ preventScroll: false });
  }

  function offline(lost) {
    for (const node of document.querySelectorAll("[data-offline]")) node.hidden = !lost;
  }
  window.addEventListener("offline", () => offline(true));
  window.addEventListener("online", () => offline(false));
  document.addEventListener("htmx:sendError", () => offline(true));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) offline(false); });
  document.addEventListener("htmx:afterSettle", focusFault);

  startTicking();
  focusFault();
})();
