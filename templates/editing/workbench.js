"use strict";
/* Looks six times a second whether somebody saved, and takes over what is new of the page. One request
   at a time and none that stays open: a browser opens six to one address, and each may be another tab. */
const PAUSE = 150;
const spoken = JSON.parse(document.body.dataset.spoken);
const find = (selector, within = document) => within.querySelector(selector);
let asked = 0;

function state(text) {
  if (find("#state").textContent !== text) find("#state").textContent = text;
}

async function answer(address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}

async function watch() {
  try {
    const version = await answer("/version");
    if (find("#state").textContent === spoken.lost) state("");
    if (version !== find("#look").dataset.version) await renew();
  } catch {
    state(spoken.lost);
  }
  setTimeout(watch, PAUSE);
}

async function renew() {
  const address = location.href;
  const looked = new DOMParser().parseFromString(await answer(address), "text/html");
  if (address !== location.href) return;
  const { version, question } = find("#look", looked).dataset;
  const known = find("#look").dataset;
  const isNew = version !== known.version || question !== known.question;
  document.title = looked.title;
  find("h1").replaceChildren(...find("h1", looked).childNodes);
  Object.assign(known, { version, question });
  for (const id of ["choices", "problems"]) replace(id, looked);
  swap(find("#port", looked));
  if (isNew) since();
}

/* Only what differs: whoever is about to choose is not disturbed. */
function replace(id, looked) {
  const here = document.getElementById(id);
  const there = looked.getElementById(id);
  if (here.innerHTML === there.innerHTML) return;
  const focused = here.contains(document.activeElement) ? document.activeElement.name : "";
  const open = here.querySelector("details")?.open;
  here.replaceChildren(...there.childNodes);
  if (open) here.querySelector("details")?.setAttribute("open", "");
  if (focused) here.querySelector(`[name="${focused}"]`)?.focus();
}

/* The new page stands below the old one until it is there: nothing flickers, and what was looked at stays. */
function swap(port) {
  const old = find("#port");
  if (!old || !port) {
    find("#stage").replaceChildren(...(port ? [port] : []));
    if (port) settle(find("iframe", port));
    return;
  }
  old.className = port.className;
  if (old.dataset.page === port.dataset.page && path(old) === path(port)) return;
  const before = find("iframe:not(.coming)", old);
  const same = path(old) === path(port);
  old.dataset.page = port.dataset.page;
  for (const late of old.querySelectorAll(".coming")) late.remove();
  const frame = find("iframe", port);
  frame.className = "coming";
  frame.addEventListener(
    "load",
    () => {
      if (same) frame.contentWindow.scrollTo(0, before.contentWindow.scrollY);
      frame.className = "";
      before.remove();
    },
    { once: true },
  );
  settle(frame);
  old.append(frame);
}

function path(port) {
  return find("iframe:last-of-type", port).getAttribute("src");
}

/* A link to another page is a choice of it, as one made above; other sites are only named. */
function settle(frame) {
  const listen = () => frame.contentDocument?.addEventListener("click", follow);
  listen();
  frame.addEventListener("load", () => {
    listen();
    const here = frame.contentWindow.location.pathname;
    if (here !== frame.getAttribute("src")) lead(here); // it was clicked before anybody listened
  });
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (link.origin !== location.origin) state(spoken.leads_to.replace("{address}", link.href));
  else if (!lead(link.pathname)) return;
  event.preventDefault();
}

/* Whether that is another page of those to choose from. */
function lead(path) {
  const page = path.split("/").pop().replace(/\.html$/, "");
  const select = find("#choices [name=page]");
  if (!select || select.value === page || ![...select.options].some((each) => each.value === page)) return false;
  select.value = page;
  show();
  return true;
}

function address() {
  const query = new URLSearchParams(new FormData(find("#choices")));
  if (!query.get("on")) query.delete("on");
  return `/?${query}`;
}

async function since() {
  const turn = ++asked;
  const question = find("#look").dataset.question;
  if (!question) return find("#since").replaceChildren();
  if (!find("#since").children.length) find("#since").textContent = spoken.asking;
  try {
    const told = new DOMParser().parseFromString(await answer(`/since?${question}`), "text/html");
    if (turn === asked) find("#since").replaceChildren(...told.body.childNodes);
  } catch {
    if (turn === asked) find("#since").textContent = spoken.no_answer;
  }
}

function choose(event) {
  if (event.target.name === "at") find("#choices [name=on]").value = "";
  show();
}

function show() {
  history.pushState(null, "", address());
  renew().catch(() => state(spoken.lost));
}

find("#choices").addEventListener("change", choose);
find("#choices").addEventListener("submit", (event) => {
  event.preventDefault();
  choose(event);
});
addEventListener("popstate", () => renew().catch(() => state(spoken.lost)));
const first = find("#port iframe");
if (first) settle(first);
since();
setTimeout(watch, PAUSE);
