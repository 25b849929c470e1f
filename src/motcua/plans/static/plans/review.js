// Review: the page works without this file; with it the source follows the row, and keys do what buttons do.
const review = document.getElementById("review"), find = (what, root = document) => [...root.querySelectorAll(what)];
const opened = () => review.querySelector(".mc-rows__open");
const still = matchMedia("(prefers-reduced-motion:reduce)").matches ? "auto" : "smooth";
let caret = null; // where the cursor last stood in the row's text

// The lines and places of the open row are marked, and come into view.
const mark = () => {
  const row = opened(), first = Number(row?.dataset.first), last = Number(row?.dataset.last);
  find(".mc-source .mc-selected,.mc-spot.mc-selected").forEach((one) => one.classList.remove("mc-selected"));
  const places = row && first
    ? [...find(".mc-source li").filter(({ dataset: { at } }) => at >= first && at <= last),
       ...find(".mc-spot").filter(({ dataset }) => dataset.row === row.dataset.row)]
    : [];
  places.forEach((one) => one.classList.add("mc-selected"));
  const source = document.getElementById("review-source"), place = places[0];
  if (source?.offsetParent && place) {
    const here = place.getBoundingClientRect(), frame = source.getBoundingClientRect(), top = here.top - frame.top;
    const left = here.left - frame.left, isAside = left < 0 || left > source.clientWidth - 40;
    if (top < 40 || top > source.clientHeight - 80 || isAside)
      source.scrollBy({ top: top - source.clientHeight / 3, left: isAside ? left - 20 : 0, behavior: still });
  }
  if (row) {
    const bar = review.querySelector(".mc-review__bar"); // sticks over the rows where the window is wide
    row.style.scrollMarginTop = getComputedStyle(bar).position === "sticky" ? `${bar.offsetHeight + 8}px` : "";
    const room = Math.min(review.lastElementChild.clientHeight, innerHeight) - bar.offsetHeight - 80;
    row.scrollIntoView({ block: row.offsetHeight > room ? "start" : "nearest" }); // its head must be seen, if not all
  }
  const text = row?.querySelector("#row_text");
  caret = null;
  text?.addEventListener("blur", () => { caret = text.selectionStart; });
};

const open = (code) => find(".mc-rows__code", review).find((one) => one.closest("li").dataset.row === code)?.click();
review.addEventListener("click", (event) => {
  const place = event.target.closest("#review-source [data-row]"), row = event.target.closest(".mc-rows__row");
  if (event.ctrlKey || event.metaKey) return;
  if (place) {
    if (!find(".mc-rows__row", review).some(({ dataset }) => dataset.row === place.dataset.row)) return;
    event.preventDefault();
    open(place.dataset.row);
  } else if (row && !event.target.closest("a")) open(row.dataset.row);
});

// Split where the cursor stood: the words before it stay, those behind it go.
review.addEventListener("toggle", ({ target }) => {
  if (target.id !== "row-split" || !target.open) return;
  const [first, second] = find("textarea", target), text = opened().querySelector("#row_text");
  if (caret && caret < text.value.length && !second.value) {
    first.value = text.value.slice(0, caret).trim();
    second.value = text.value.slice(caret).trim();
  }
  (second.value ? target.querySelector("button") : first).focus();
}, true);

const press = (key) => find(`[data-key="${key}"]`, review).find((one) => one.offsetParent)?.click();
addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, altKey, metaKey, isComposing } = event;
  if (metaKey || isComposing || localStorage.getItem("mc-keys") === "off") return;
  const typing = target.closest("input,textarea,select"), row = opened();
  if (typing && row?.contains(typing)) {
    if (key === "Escape") row.focus();
    else if (ctrlKey && key === "Enter") {
      event.preventDefault();
      row.focus(); // the field is left first, so that it is saved
      press("c");
    }
    return;
  }
  if (typing || ctrlKey || altKey) return;
  const isFree = target === document.body || target === row || target.id === "review-right" || target.id === "main";
  if (key === "Enter" && isFree && row) {
    event.preventDefault();
    row.querySelector("#row_text").focus();
  } else if ((key === "ArrowDown" || key === "ArrowUp") && isFree) {
    event.preventDefault();
    press(key === "ArrowDown" ? "j" : "k");
  }
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.target.id === "review-right") mark(); });
mark();
