// Enhancements only: every page reads, submits and tracks without this file.
const body = document.body, find = (all, root = document) => [...root.querySelectorAll(all)];
body.classList.add("js-enabled", "govuk-frontend-supported");

function prepare(root) {
  window.GOVUKFrontend?.initAll({ scope: root });
  find("[data-focus]", root)[0]?.focus();
}

function tell(text) {
  const place = document.getElementById("mc-problem");
  place.className = "mc-notice mc-notice--danger";
  place.textContent = text;
  place.scrollIntoView({ block: "nearest" });
}

// A form is sent once. The button that sent it keeps its name and value, so it is marked only after the form is read.
const release = (form) => {
  delete form.dataset.sent;
  find("[data-held]", form).forEach((button) => {
    button.disabled = false;
    button.removeAttribute("data-held");
    button.removeAttribute("aria-busy");
  });
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented && !form.dataset.sent) return;
  if (form.dataset.sent) return event.preventDefault(), event.stopImmediatePropagation();
  form.dataset.sent = "1";
  setTimeout(() => find("button:not([disabled]):not([type=button])", form).forEach((button) => {
    button.disabled = true;
    button.dataset.held = "";
    button.setAttribute("aria-busy", "true");
  }));
});
addEventListener("pageshow", () => find("form[data-sent]").forEach(release));

// Warn before unsaved changes are left: <form data-warn>.
let changed = false;
document.addEventListener("input", (event) => { if (event.target.form?.hasAttribute("data-warn")) changed = true; });
document.addEventListener("submit", () => { changed = false; });
addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

// Keys: <a data-key="n">, <button data-key="ctrl+s">. Plain letters rest while someone types.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input,textarea,select,[contenteditable]");
  const held = event.ctrlKey || event.altKey || event.metaKey;
  if (event.isComposing || typing && !held) return;
  const key = (event.ctrlKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "") + event.key.toLowerCase();
  const target = find("[data-key]").find((one) => one.dataset.key.toLowerCase() === key && one.offsetParent);
  if (!target || event.metaKey) return;
  event.preventDefault();
  target.matches("input,select,textarea") ? target.focus() : target.click();
});

// htmx: the token goes along, trouble is shown, the reader lands on what changed.
body.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
body.addEventListener("htmx:beforeRequest", () => document.getElementById("mc-problem").replaceChildren());
body.addEventListener("htmx:sendError", () => tell(body.dataset.failed));
body.addEventListener("htmx:responseError", (event) => tell(event.detail.xhr.status < 500 ? body.dataset.refused : body.dataset.failed));
body.addEventListener("htmx:afterRequest", (event) => { const form = event.detail.elt.closest?.("form"); if (form) release(form); });
body.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.detail.target);
  if (event.detail.target.id === "main") event.detail.target.focus();
});

prepare(document);
