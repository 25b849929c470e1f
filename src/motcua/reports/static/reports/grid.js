// The grid as a spreadsheet: arrows, Enter, paste of many cells, undo, and a check while one types. Without it the grid
// is an ordinary form. Inputs of values are told by their names ("v:2.1"); a table's rows are the rows of the paste.
const form = document.getElementById("grid");
const cells = [...form.querySelectorAll('[name^="v:"]')];
const lines = [...new Set(cells.map((cell) => cell.closest("tr")))].map((row) => cells.filter((cell) => row.contains(cell)));
const place = new Map(lines.flatMap((line, row) => line.map((cell, column) => [cell, [row, column]])));
const said = form.querySelector(".rp-said");
const past = [];
const looksLikeNumber = /^$|^[-–—…]+$|^-?[\d.,\s]+%?$|^không( phát sinh| có)?$|^KPS$/i;

const at = (row, column) => lines[row]?.[Math.min(column, lines[row].length - 1)];
const go = (cell) => { if (cell) { cell.focus(); cell.select?.(); } };
const isText = (cell) => cell.tagName === "TEXTAREA";

let before = new Map(cells.map((cell) => [cell, cell.value]));
function remember(changed) {
  past.push(changed.map((cell) => [cell, before.get(cell)]));
  for (const cell of changed) before.set(cell, cell.value);
  mark(changed);
  checkSoon();
}

function mark(changed) {
  for (const cell of changed)
    if (cell.inputMode === "decimal") cell.classList.toggle("rp-text", !looksLikeNumber.test(cell.value.trim()));
}

function undo() {
  const step = past.pop();
  if (!step) return;
  for (const [cell, value] of step) { cell.value = value; before.set(cell, value); }
  mark(step.map(([cell]) => cell));
  said.textContent = said.dataset.undone;
  go(step[0][0]);
  checkSoon();
}

form.addEventListener("change", (event) => { if (place.has(event.target) && before.get(event.target) !== event.target.value) remember([event.target]); });
form.addEventListener("input", (event) => { if (place.has(event.target)) checkSoon(); });

form.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!place.has(cell)) return;
  const [row, column] = place.get(cell);
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && before.get(cell) === cell.value && past.length) { event.preventDefault(); undo(); return; }
  if (event.altKey || event.ctrlKey || event.metaKey || isText(cell)) return;
  const steps = { Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  if (cell.tagName === "SELECT" && event.key !== "Enter") return;
  const atEdge = cell.selectionStart === cell.selectionEnd || cell.selectionEnd - cell.selectionStart === cell.value.length;
  if (lines[row].length > 1 && atEdge) {
    if (event.key === "ArrowRight" && cell.selectionEnd === cell.value.length) steps.ArrowRight = [0, 1];
    if (event.key === "ArrowLeft" && cell.selectionStart === 0) steps.ArrowLeft = [0, -1];
  }
  const step = steps[event.key];
  if (!step || column + step[1] < 0 || column + step[1] >= lines[row].length) return;
  event.preventDefault();
  if (before.get(cell) !== cell.value) remember([cell]);
  go(at(row + step[0], column + step[1]));
});

form.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!place.has(event.target) || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const [row, column] = place.get(event.target);
  const changed = [];
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
    const cell = lines[row + down]?.[column + right];
    if (!cell || cell.value === value.trim()) return;
    cell.value = value.trim();
    changed.push(cell);
  }));
  if (!changed.length) return;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  remember(changed);
  const texts = changed.filter((cell) => cell.classList.contains("rp-text"));
  if (texts.length) { said.textContent = `${said.dataset.text}: ${texts.length}`; go(texts[0]); }
});

let waiting = 0, asked = 0;
function checkSoon() { clearTimeout(waiting); waiting = setTimeout(check, 300); }

async function check() {
  const turn = ++asked;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const seen = await answer.json();
    if (turn === asked) show(seen);
  } catch { said.textContent = said.dataset.failed; }
}

function show(seen) {
  for (const place of form.querySelectorAll(".rp-says")) {
    const wrong = seen.rows[place.dataset.row] ?? [];
    place.replaceChildren(...wrong.flatMap((each) => [document.createElement("br"), tag(each), ` ${each.words}`]));
    const cell = document.getElementById(`v-${place.dataset.row}`);
    if (!cell) continue;
    wrong.some((each) => each.severity === "error") ? cell.setAttribute("aria-invalid", "true") : cell.removeAttribute("aria-invalid");
  }
  for (const [row, value] of Object.entries(seen.computed)) {
    const cell = document.getElementById(`v-${row}`);
    if (cell && "placeholder" in cell) cell.placeholder = value;
  }
  said.textContent = seen.errors ? `${said.dataset.errors}: ${seen.errors}` : said.dataset.clean;
}

function tag(each) {
  const tag = document.createElement("strong");
  tag.className = `mc-tag mc-tag--${each.severity === "error" ? "danger" : "warning"}`;
  tag.textContent = each.label;
  return tag;
}
