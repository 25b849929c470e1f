// The desks of officials: keys of lists, going by two letters, the help that tells the keys, numbers that stay fresh.
// Pages work without this file. Letters rest while someone types or has switched keys off, as in motcua.js.
const find = (what, root = document) => [...root.querySelectorAll(what)];
const off = () => localStorage.getItem("mc-keys") === "off";
const shown = (one) => one.offsetParent !== null;

// Lists: [data-list] holds [data-row], each with a link or a box to tick.
const rows = () => find("[data-list] [data-row]").filter(shown);
const here = () => document.activeElement?.closest("[data-row]");
const step = (way) => {
  const all = rows(), next = all[all.indexOf(here()) + way] ?? (here() ? null : all[0]);
  (next?.querySelector("a[href]") ?? next?.querySelector("input"))?.focus();
  next?.scrollIntoView({ block: "nearest" });
};
const tick = (boxes, on) => boxes.forEach((box) => {
  box.checked = on ?? !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});
const boxes = () => find("[data-list] [data-row] input[type=checkbox]").filter(shown);
const count = () => find("[data-chosen]").forEach((place) => {
  const chosen = boxes().filter((box) => box.checked).length;
  place.dataset.usual ??= place.textContent;
  place.textContent = chosen ? `${place.dataset.words} ${chosen}` : place.dataset.usual;
});
document.addEventListener("change", ({ target }) => { if (target.closest("[data-row]")) count(); });
const LIST = {
  j: () => step(1),
  k: () => step(-1),
  x: () => tick(find("input[type=checkbox]", here() ?? document.createElement("p"))),
  a: () => tick(boxes(), boxes().some((box) => !box.checked)),
};

// Help: what [data-key] and [data-go] on this page do.
const help = document.getElementById("mc-help");
const line = (keys, words) => {
  const term = document.createElement("dt"), meaning = document.createElement("dd");
  keys.forEach((key) => term.append(Object.assign(document.createElement("kbd"), { textContent: key }), " "));
  meaning.textContent = words;
  return [term, meaning];
};
const said = (one) => {
  const copy = one.cloneNode(true);
  find("kbd", copy).forEach((key) => key.remove());
  return (one.labels?.[0]?.innerText || one.getAttribute("aria-label") || copy.textContent).replace(/\s+/g, " ").trim();
};
const tell = () => {
  if (!help) return;
  find("[data-if]", help).forEach((part) => { part.hidden = !document.querySelector(part.dataset.if); });
  const told = new Set();
  find("[data-page-keys]", help)[0].replaceChildren(...find("[data-key]").filter(shown).flatMap((one) => {
    if (told.has(one.dataset.key)) return [];
    told.add(one.dataset.key);
    return line([one.dataset.key], said(one));
  }));
  find("[data-go-keys]", help)[0].replaceChildren(
    ...find("[data-go]").flatMap((one) => line(["g", one.dataset.go], said(one))));
  help.showModal();
};
find("[data-help]").forEach((button) => { button.hidden = false; button.onclick = tell; });

let goes = 0; // when "g" was pressed
addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, altKey, metaKey, isComposing } = event;
  if (ctrlKey || altKey || metaKey || isComposing || off() || help?.open) return;
  if (target.closest("textarea,select,input:not([type=checkbox]):not([type=radio])")) return;
  const take = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  if (goes && Date.now() - goes < 2000) {
    goes = 0;
    const place = find("[data-go]").find((one) => one.dataset.go === key.toLowerCase());
    if (place) { take(); place.click(); }
    return;
  }
  goes = 0;
  const mine = find("[data-key]").some((one) => one.dataset.key === key && shown(one));
  if (key === "g" && !mine) { goes = Date.now(); take(); }
  else if (key === "?" && !mine) { take(); tell(); }
  else if (LIST[key] && !mine && rows().length) { take(); LIST[key](); }
}, true);

// Numbers: while the page is seen, who waits for mc:tick asks again every half minute; what stayed is not drawn anew.
const EVERY = 30000, last = new WeakMap();
const pulse = () => { if (document.visibilityState === "visible") htmx.trigger(document.body, "mc:tick"); };
if (document.querySelector("[hx-trigger*='mc:tick']")) {
  setInterval(pulse, EVERY);
  document.addEventListener("visibilitychange", pulse);
}
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.target.matches("[hx-trigger*='mc:tick']")) return;
  if (last.get(detail.target) === detail.serverResponse) detail.shouldSwap = false;
  last.set(detail.target, detail.serverResponse);
});
let total = null;
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  const now = detail.target.querySelector("[data-total]")?.dataset.total;
  if (!now) return;
  total ??= now;
  find("[data-changed]").forEach((notice) => { notice.hidden = now === total; });
});
