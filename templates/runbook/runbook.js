"use strict";
// The ticks of a runbook: kept in this browser, saved as runbook.json. Everything else works without.

const BLANKS = /[\p{C}\p{Z}]+/gu; // a name and a note are one line of what can be seen
const OUTCOMES = ["done", "could_not"];
const words = JSON.parse(find("#words").textContent);
const { plan } = document.body.dataset;
const kept = `portalsync-runbook ${plan}`;
const steps = new Map(findAll("[data-step]:not([data-recorded])").map((step) => [step.dataset.step, step]));
const recorded = findAll("[data-recorded]").length; // what was done before this file was made
let marks = new Map(); // what became of each step that somebody tried

function find(selector, within = document) {
  return within.querySelector(selector);
}

function findAll(selector, within = document) {
  return [...within.querySelectorAll(selector)];
}

function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function oneLine(text) {
  return text.replace(BLANKS, " ").trim();
}

function tell(text, isBad = false) {
  find("#told").textContent = text;
  find("#told").classList.toggle("bad", isBad);
}

/** Whoever ticks, now; a mark without a name gets the one that is there when it is saved. */
function mark(id, outcome) {
  if (outcome) {
    marks.set(id, { outcome, by: oneLine(find("#by").value), at: new Date().toISOString(), note: "" });
  } else {
    marks.delete(id);
  }
}

function show() {
  for (const [id, step] of steps) {
    const made = marks.get(id);
    for (const outcome of OUTCOMES) {
      find(`[value=${outcome}]`, step).checked = made?.outcome === outcome;
      step.classList.toggle(`is-${outcome}`, made?.outcome === outcome);
    }
    find(".why-not", step).hidden = made?.outcome !== "could_not";
    find(".why-not input", step).value = made?.note ?? "";
    find(".mark", step).textContent = made?.by ? say("mark", { by: made.by, at: clock(made.at) }) : "";
  }
  count();
}

function clock(at) {
  const shape = { dateStyle: "medium", timeStyle: "short" };
  return new Date(at).toLocaleString(document.documentElement.lang, shape);
}

function count() {
  const done = recorded + [...steps.keys()].filter(isDone).length;
  find("#done").value = done;
  find("#count").textContent = say("count", { done, of: recorded + steps.size });
  for (const tally of findAll("[data-tally]")) {
    const own = findAll("[data-step]", document.getElementById(tally.dataset.tally));
    const ready = own.filter((step) => "recorded" in step.dataset || isDone(step.dataset.step)).length;
    tally.textContent = `${ready}/${own.length}`;
    tally.classList.toggle("all", ready === own.length);
  }
}

function isDone(id) {
  return marks.get(id)?.outcome === "done";
}

function keep() {
  try {
    localStorage.setItem(kept, JSON.stringify({ by: find("#by").value, result: result() }));
  } catch {
    tell(say("not_kept"), true);
  }
}

/** As `schemas/runbook.v1.schema.json` has it. */
function result() {
  const made = [...marks].map(([step, { note, ...rest }]) => ({ step, ...rest, ...(note && { note }) }));
  return { format_version: 1, plan, steps: made };
}

function take(saved) {
  if (saved?.plan !== plan || !Array.isArray(saved.steps)) {
    throw new Error("another plan");
  }
  const known = saved.steps.filter((each) => steps.has(each.step) && OUTCOMES.includes(each.outcome));
  marks = new Map(known.map(({ step, ...rest }) => [step, { note: "", ...rest }]));
}

function restore() {
  try {
    const before = JSON.parse(localStorage.getItem(kept));
    if (before) {
      find("#by").value = before.by;
      take(before.result);
    }
  } catch {
    marks = new Map(); // nobody kept anything here that can be read
  }
}

function save(event) {
  event.preventDefault();
  const by = oneLine(find("#by").value);
  if (!by) {
    find("#by").focus();
    tell(say("nameless"), true);
    return;
  }
  for (const made of marks.values()) {
    made.by ||= by;
  }
  show();
  keep();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(result(), null, 2)}\n`], { type: "application/json" }));
  link.download = "runbook.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell(say("saved"));
}

async function load(event) {
  const [file] = event.target.files;
  event.target.value = "";
  try {
    take(JSON.parse(await file.text()));
  } catch {
    tell(say("not_taken", { file: file?.name ?? "" }), true);
    return;
  }
  show();
  keep();
  tell(say("taken", { file: file.name }));
}

async function copy(button) {
  const text = find("pre", button.parentElement);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
  }
  button.textContent = say("copied");
  setTimeout(() => (button.textContent = say("copy")), 2000);
}

document.documentElement.classList.add("scripts");
restore();
show();
for (const [id, step] of steps) {
  for (const box of findAll(".tick input", step)) {
    box.addEventListener("change", () => {
      mark(id, box.checked ? box.value : "");
      show();
      keep();
    });
  }
  find(".why-not input", step).addEventListener("input", (event) => {
    marks.get(id).note = oneLine(event.target.value);
    keep();
  });
}
for (const button of findAll(".copy")) {
  button.addEventListener("click", () => copy(button));
}
find("#by").addEventListener("input", keep);
find("#bar").addEventListener("submit", save);
find("#load").addEventListener("change", load);
