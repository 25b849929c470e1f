// Draws a route with bpmn-js: the text of the form is opened, edited and sent back with the form. Our own attributes
// (urn:motcua:route:1) are edited in the panel beside the canvas. Without this script the page shows a picture.
import { translate } from "./drawing_words.js";

const DESCRIPTOR = {
  name: "Motcua",
  uri: "urn:motcua:route:1",
  prefix: "motcua",
  xml: { tagAlias: "lowerCase" },
  types: [
    { name: "Step", extends: ["bpmn:Task"], properties: ["phase", "role", "place", "share", "signs", "supplement", "payment"].map(attribute) },
    { name: "Who", extends: ["bpmn:Lane"], properties: ["role", "place"].map(attribute) },
    { name: "Whole", extends: ["bpmn:Process"], properties: ["route"].map(attribute) },
  ],
};

function attribute(name) {
  return { name, isAttr: true, type: "String" };
}

const form = document.getElementById("drawing-form");
const text = document.getElementById("drawing");
const at = (id) => document.getElementById(id);
const shown = { step: at("panel-step"), lane: at("panel-lane"), flow: at("panel-flow"), none: at("panel-none") };
let selected = null;

function kindOf(element) {
  const object = element && element.businessObject;
  if (!object || !object.$instanceOf) return "none";
  if (object.$instanceOf("bpmn:Task")) return "step";
  if (object.$instanceOf("bpmn:Lane")) return "lane";
  if (object.$instanceOf("bpmn:SequenceFlow")) return "flow";
  return "none";
}

function show(element) {
  selected = element || null;
  const kind = kindOf(selected);
  for (const [name, part] of Object.entries(shown)) part.hidden = name !== kind;
  if (kind === "none") return;
  const object = selected.businessObject;
  if (kind === "step") {
    at("p-name").value = object.name || "";
    for (const name of ["phase", "role", "place"]) at(`p-${name}`).value = object.get(`motcua:${name}`) || "";
    at("p-share").value = object.get("motcua:share") || "0";
    at("p-signs").checked = object.get("motcua:signs") === "yes";
    at("p-supplement").checked = object.get("motcua:supplement") !== "no";
    at("p-payment").checked = object.get("motcua:payment") === "yes";
  } else if (kind === "lane") {
    at("l-name").value = object.name || "";
    for (const name of ["role", "place"]) at(`l-${name}`).value = object.get(`motcua:${name}`) || "";
  } else {
    at("f-condition").value = object.conditionExpression ? object.conditionExpression.body : "";
  }
}

function changed(modeler, input) {
  if (!selected) return;
  const modeling = modeler.get("modeling");
  const [part, name] = [input.id[0], input.id.slice(2)];
  if (part === "f") {
    const body = input.value.trim();
    const expression = body ? modeler.get("moddle").create("bpmn:FormalExpression", { body }) : undefined;
    modeling.updateProperties(selected, { conditionExpression: expression });
  } else if (name === "name") {
    modeling.updateProperties(selected, { name: input.value.trim() });
  } else if (input.type === "checkbox") {
    const [on, off] = name === "supplement" ? [undefined, "no"] : ["yes", undefined];
    modeling.updateProperties(selected, { [`motcua:${name}`]: input.checked ? on : off });
  } else {
    modeling.updateProperties(selected, { [`motcua:${name}`]: input.value.trim() || undefined });
  }
}

function sum(modeler) {
  const steps = modeler.get("elementRegistry").filter((element) => kindOf(element) === "step" && element.type !== "label");
  const total = steps.reduce((all, step) => all + (Number(step.businessObject.get("motcua:share")) || 0), 0);
  at("panel-sum").textContent = `${at("panel-sum").dataset.label}: ${total} %`;
}

// The whole drawing beside the palette, never enlarged: bpmn-js itself would lay the palette over the first lane.
function fit(canvas) {
  const [palette, edge] = [110, 20];
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - palette - edge) / inner.width, (outer.height - 2 * edge) / inner.height, 1);
  canvas.viewbox({ x: inner.x - palette / scale, y: inner.y - edge / scale, width: outer.width / scale, height: outer.height / scale });
}

async function begin() {
  const modeler = new window.BpmnJS({
    container: "#canvas",
    moddleExtensions: { motcua: DESCRIPTOR },
    additionalModules: [{ translate: ["value", translate] }],
  });
  form.hidden = false;
  at("still").hidden = true;
  try {
    await modeler.importXML(text.value);
  } catch {
    form.hidden = true;
    at("still").hidden = false;
    return;
  }
  fit(modeler.get("canvas"));
  for (const entry of document.querySelectorAll(".djs-palette .entry")) entry.title = entry.getAttribute("aria-label");
  modeler.on("selection.changed", ({ newSelection }) => show(newSelection.length === 1 ? newSelection[0] : null));
  // The text follows every change, so that the form is sent as it stands.
  modeler.on("commandStack.changed", async () => {
    sum(modeler);
    text.value = (await modeler.saveXML({ format: true })).xml;
  });
  for (const input of at("panel").querySelectorAll("input, select")) {
    input.addEventListener("change", () => changed(modeler, input));
  }
  sum(modeler);
  markFaults(modeler);
  window.motcuaModeler = modeler; // for tests and for whoever wants more keys
}

function markFaults(modeler) {
  const registry = modeler.get("elementRegistry");
  for (const line of document.querySelectorAll("[data-element]")) {
    const element = line.dataset.element && registry.get(line.dataset.element);
    if (element) modeler.get("overlays").add(element, { position: { top: -12, left: -12 }, html: "<strong>⚠️</strong>" });
  }
}

if (window.BpmnJS) begin();
else window.addEventListener("DOMContentLoaded", begin);
