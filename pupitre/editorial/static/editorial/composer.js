// Keys that work while one writes: Ctrl+S keeps as a draft, Ctrl+Enter checks, Alt with Page Down or Page Up goes from text to text.
// They press the page's own buttons; without this file the buttons are all there.
(function () {
  "use strict";
  const form = document.getElementById("composer");
  if (!form || document.body.dataset.shortcuts === "off") return;
  const press = (selector) => {
    const button = document.querySelector(selector);
    if (button && !button.disabled) button.click();
  };

  function step(way) {
    const texts = Array.from(form.querySelectorAll("textarea[name^='text-'], textarea[name^='part-']"));
    if (!texts.length) return;
    const here = texts.indexOf(document.activeElement);
    texts[(here + way + texts.length) % texts.length].focus();
  }

  document.addEventListener("keydown", (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      press("[data-hold='s']");
    } else if (control && event.key === "Enter") {
      event.preventDefault();
      press("[data-hold='enter']");
    } else if (event.altKey && !event.ctrlKey && (event.key === "PageDown" || event.key === "PageUp")) {
      event.preventDefault();
      step(event.key === "PageDown" ? 1 : -1);
    }
  });
})();
