// Dragging a measure into a box chooses that box in its list: the list alone does the same by keyboard and without script.
(() => {
  const form = document.querySelector("[data-sorting]");
  if (!form || !window.matchMedia("(pointer: fine)").matches) return;
  const boxes = form.querySelector("[data-boxes]");
  const live = document.getElementById("live");
  let held = null;
  boxes.hidden = false;
  for (const card of form.querySelectorAll("[data-card]")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.querySelector("select").name);
    });
    card.addEventListener("dragend", () => { held = null; });
  }
  for (const box of boxes.querySelectorAll("[data-box]")) {
    box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("training-box-over"); });
    box.addEventListener("dragleave", () => box.classList.remove("training-box-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("training-box-over");
      if (!held) return;
      held.querySelector("select").value = box.dataset.box;
      if (live) live.textContent = `${held.querySelector("b").textContent} ${form.dataset.said} ${box.textContent}`;
    });
  }
})();
