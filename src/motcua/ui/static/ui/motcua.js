// Enhancements only: every page reads, submits and tracks without this file.
const { body } = document, find = (what, root = document) => [...root.querySelectorAll(what)];
const problem = document.getElementById("mc-problem"), words = body.dataset;
body.classList.add("js-enabled", "govuk-frontend-supported");

const prepare = (root) => {
  window.GOVUKFrontend?.initAll({ scope: root });
  find("[data-focus]", root)[0]?.focus();
};
const tell = (text) => {
  problem.className = "mc-notice mc-notice--danger";
  problem.textContent = text;
  problem.scrollIntoView({ block: "nearest" });
};

// A form is sent once. Its buttons rest only after the browser has read the pressed one's name and value.
const hold = (form) => {
  form.dataset.sent = "1";
  setTimeout(() => find("button:not([disabled]):not([type=button])", form).forEach((button) => {
    button.disabled = true;
    button.dataset.held = "";
  }));
  setTimeout(release, 9000, form); // a download leaves the page standing
};
const release = (form) => {
  delete form.dataset.sent;
  find("[data-held]", form).forEach((button) => { button.disabled = false; delete button.dataset.held; });
};
let changed = false;
document.addEventListener("submit", (event) => {
  changed = false;
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  else hold(form);
});
addEventListener("pageshow", () => find("form[data-sent]").forEach(release));
document.addEventListener("input", ({ target }) => { changed ||= target.form?.hasAttribute("data-warn"); });
addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

// Keys: data-key="n" or "ctrl+s". Letters rest while someone types, and the reader may switch them off (WCAG 2.1.4).
const kept = window.localStorage, off = () => kept.getItem("mc-keys") === "off";
find("[data-keys]").forEach((place) => {
  const button = place.firstElementChild, show = () => { button.textContent = button.dataset[off() ? "on" : "off"]; };
  place.hidden = false;
  button.onclick = () => { kept.setItem("mc-keys", off() ? "on" : "off"); show(); };
  show();
});
document.addEventListener("keydown", (event) => {
  const { ctrlKey, altKey, metaKey, target } = event;
  if (metaKey || event.isComposing || off() || !(ctrlKey || altKey) && target.closest("input,textarea,select")) return;
  const key = (ctrlKey ? "ctrl+" : "") + (altKey ? "alt+" : "") + event.key.toLowerCase();
  const found = find("[data-key]").find((one) => one.dataset.key === key && one.offsetParent);
  if (!found) return;
  event.preventDefault();
  found.matches("input,select") ? found.focus() : found.click();
});

// htmx: the token goes along, trouble is shown, the reader lands on what changed.
const hear = (name, act) => body.addEventListener(`htmx:${name}`, (event) => act(event.detail, event));
hear("configRequest", ({ verb, headers }) => {
  const token = find("[name=csrfmiddlewaretoken]")[0]?.value;
  if (token && verb !== "get") headers["X-CSRFToken"] = token;
});
hear("beforeRequest", ({ elt }, event) => {
  problem.className = problem.textContent = "";
  if (elt.method !== "post") return;
  if (elt.dataset.sent) event.preventDefault();
  else hold(elt);
});
hear("afterRequest", ({ elt }) => { if (elt.matches("form")) setTimeout(release, 0, elt); });
hear("sendError", () => tell(words.failed));
hear("responseError", ({ xhr }) => tell(xhr.status < 500 ? words.refused : words.failed));
hear("afterSwap", ({ target }) => {
  prepare(target);
  if (target.id === "main") target.focus();
});

prepare(document);
