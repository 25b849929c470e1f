// Cards are dragged to the column of whoever shall do them; without this file they are ticked and given by the form.
const find = (what, root = document) => [...root.querySelectorAll(what)];
const prepare = () => {
  find("[data-card]").forEach((card) => { card.draggable = true; });
  find("[data-drag-words]").forEach((words) => { words.hidden = false; });
};
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.card);
});
const column = (event) => dragged && event.target.closest?.("[data-person]");
const mark = (over) => find("[data-person]").forEach((one) => one.classList.toggle("is-over", one === over));
document.addEventListener("dragover", (event) => {
  const over = column(event);
  if (over) event.preventDefault();
  mark(over);
});
document.addEventListener("dragend", () => { dragged = null; mark(null); });
document.addEventListener("drop", (event) => {
  const over = column(event), form = document.getElementById("board-form");
  if (!over || over.contains(dragged)) return;
  event.preventDefault();
  // A card that is ticked takes the other ticked ones along; one that is not goes alone.
  const box = dragged.querySelector("input[type=checkbox]");
  if (!box.checked) find("[data-card] input[type=checkbox]").forEach((one) => { one.checked = one === box; });
  form.elements.giao_cho.value = over.dataset.person;
  dragged = null;
  htmx.ajax("POST", form.getAttribute("action"), {
    source: form, values: Object.fromEntries([["giao_cho", over.dataset.person]]), target: "#board", select: "#board",
    swap: "outerHTML",
  });
});
document.body.addEventListener("htmx:afterSwap", prepare);
prepare();
