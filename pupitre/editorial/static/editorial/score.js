// Notes move three equal ways: the form of the popover, the mouse, the keyboard (M, arrows, Enter, Escape).
(function () {
  "use strict";
  const popover = document.getElementById("popover");
  const QUARTER = 15 * 60 * 1000;
  const DAY = 24 * 60 * 60 * 1000;
  let moving = null; // {note, place, from, to, x, key: keyboard or mouse}
  let dropped = 0; // when a drag ended, so that the click it makes is not an opening
  let opener = null;

  const drawing = () => document.querySelector("[data-score]");
  const say = (text) => { if (window.pupitre) window.pupitre.say(text); };
  // Hours are wall clock hours of the organisation: the server places them in its time zone.
  const read = (due) => Date.parse(due + ":00Z");
  const written = (time) => new Date(time).toISOString().slice(0, 16);
  const spoken = (time) => new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZone: "UTC",
  }).format(time);

  function open(note) {
    opener = note.id;
    window.htmx.ajax("GET", note.getAttribute("href"), { target: popover, swap: "innerHTML", source: popover });
  }

  function close() {
    if (popover.hidden) return;
    popover.hidden = true;
    popover.replaceChildren();
    const back = document.getElementById(opener);
    if (back) back.focus();
  }

  function shift(time) {
    const width = drawing().getBoundingClientRect().width;
    const days = Number(drawing().dataset.days);
    moving.to = time;
    moving.place.setAttribute("transform", "translate(" + ((time - moving.from) / DAY / days) * width + " 0)");
  }

  function begin(note, key) {
    if (!note.dataset.due || drawing().dataset.mayMove === undefined) return false;
    const from = read(note.dataset.due);
    const place = note.querySelector(".score-place");
    const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
    place.replaceWith(group);
    group.append(place);
    moving = { note, place: group, from, to: from, key };
    note.classList.add("score-moving");
    return true;
  }

  function end(drop) {
    const { note, place, from, to } = moving;
    moving = null;
    note.classList.remove("score-moving");
    place.removeAttribute("transform");
    if (!drop || to === from) return;
    opener = note.id;
    window.htmx.ajax("POST", note.getAttribute("href") + "move/", {
      target: popover, swap: "innerHTML", source: popover, values: { due_at: written(to) },
    });
  }

  document.addEventListener("click", (event) => {
    const note = event.target.closest("[data-note]");
    if (note && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (Date.now() - dropped > 300) open(note);
    } else if (event.target.closest("[data-close]")) {
      close();
    }
  });

  document.addEventListener("dragstart", (event) => { if (event.target.closest && event.target.closest("[data-note]")) event.preventDefault(); });
  let pressed = null;
  document.addEventListener("pointerdown", (event) => {
    const note = event.target.closest("[data-note]");
    if (note && event.button === 0) pressed = { note, x: event.clientX };
  });
  document.addEventListener("pointermove", (event) => {
    if (!pressed || !drawing()) return;
    const away = event.clientX - pressed.x;
    if (!moving && (Math.abs(away) < 5 || !begin(pressed.note, false))) return;
    const days = Number(drawing().dataset.days);
    const time = moving.from + (away / drawing().getBoundingClientRect().width) * days * DAY;
    shift(Math.round(time / QUARTER) * QUARTER);
  });
  document.addEventListener("pointerup", () => {
    pressed = null;
    if (moving && !moving.key) { dropped = Date.now(); end(true); }
  });
  document.addEventListener("pointercancel", () => { pressed = null; if (moving && !moving.key) end(false); });

  const STEPS = { ArrowLeft: -DAY, ArrowRight: DAY, ArrowUp: -QUARTER, ArrowDown: QUARTER };
  document.addEventListener("keydown", (event) => {
    if (moving && moving.key) {
      if (event.key in STEPS) { shift(moving.to + STEPS[event.key]); say(spoken(moving.to)); }
      else if (event.key === "Enter") end(true);
      else if (event.key === "Escape") { end(false); say(drawing().dataset.saidCancelled); }
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") { if (moving) end(false); else close(); return; }
    const note = event.target.closest ? event.target.closest("[data-note]") : null;
    if (note && event.key.toLowerCase() === "m" && begin(note, true)) {
      event.preventDefault();
      say(drawing().dataset.saidMoving);
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== popover) return;
    popover.hidden = false;
    const card = popover.querySelector("#note-card");
    if (card) card.focus();
  });
})();
