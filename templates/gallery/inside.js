"use strict";
// What the viewer does inside the frames: marks, stand-ins, scrolling. A host may forbid it; then all else works.

const OUTLINES = { gone: "#c2362a", new: "#1d8a50", changed: "#2f6fb3", leads: "#a86400", moved: "#2f6fb3" };
const WHOLE = ".card, .action, .button, .check, .choose, .brand, .bell, .area-welcome"; // compared as one, however much is in it
const NAMED_BY_TEXT = "li, .action, .button, .check, .choose";

function insideOf(side) {
  try {
    return frames[side].contentDocument;
  } catch {
    return null;
  }
}

/** The page of one side once it is laid out; null while it is not, or if there is none. */
function pageOf(side) {
  const inside = insideOf(side);
  return shown.variant[side] >= 0 && inside?.body?.dataset.watched ? inside : null;
}

function loaded(side) {
  const inside = insideOf(side);
  if (!inside?.body || !shown.variant) return;
  if (!inside.body.dataset.watched) watch(side, inside);
  compare();
}

function watch(side, inside) {
  inside.body.dataset.watched = "yes";
  inside.addEventListener("keydown", onKey);
  inside.addEventListener("click", followLink);
  inside.addEventListener("submit", (event) => event.preventDefault());
  inside.addEventListener("scroll", () => scrollOther(side, inside), { passive: true });
}

function otherOf(side) {
  return side === "before" ? "after" : "before";
}

function scrollOther(side, inside) {
  const other = insideOf(otherOf(side))?.scrollingElement;
  const own = inside.scrollingElement;
  if (other && Math.abs(other.scrollTop - own.scrollTop) > 1) other.scrollTop = own.scrollTop;
}

function scrollOtherPort({ target }) {
  for (const port of findAll(".port")) if (port.scrollLeft !== target.scrollLeft) port.scrollLeft = target.scrollLeft;
}

function followLink(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  const place = href.match(/^(web|mobile)-(\w+)\.html/);
  if (!place) return href.startsWith("#") ? undefined : toast(say("leads_to", { address: visible(href) }));
  const next = nearest("place", `${place[1]}-${place[2]}`);
  const isSame = next && next.persona === shown.variant.persona && next.locale === shown.variant.locale;
  if (isSame) open(next, shown.change);
  else toast(words.not_packed);
}

// What differs

/** Marks what is lost, new or reads differently, and puts a stand-in where it is missing: so nothing below it moves. */
function compare() {
  const [before, after] = SIDES.map(pageOf);
  for (const page of [before, after]) if (page) unmark(page);
  const isPair = before && after && shown.variant.before !== shown.variant.after;
  const found = isPair ? differences(before.body, after.body) : [];
  setStill(isPair && found.every((each) => ["changed", "leads"].includes(each.kind)) && heightOf(before) === heightOf(after));
  if (shown.find) for (const page of [before, after]) if (page) blocksWith(page, shown.find).forEach((block) => mark(block, "changed"));
  if (shown.marks && !shown.find) for (const each of found) markDifference(each);
  for (const side of SIDES) find(`#view-${side} .legend`).hidden = !insideOf(side)?.querySelector("[data-stand-in]");
  bringUp();
}

function heightOf(page) {
  return Math.round(page.body.getBoundingClientRect().height);
}

function setStill(isStill) {
  if (shown.isStill === isStill) return;
  shown.isStill = isStill;
  paintControls();
  arrange();
}

function unmark(page) {
  for (const each of findAll("[data-stand-in]", page)) each.remove();
  for (const each of findAll("[data-marked]", page)) {
    each.style.outline = "";
    delete each.dataset.marked;
  }
}

function mark(block, kind, line = "solid") {
  Object.assign(block.style, { outline: `3px ${line} ${OUTLINES[kind]}`, outlineOffset: "3px" });
  block.dataset.marked = kind;
}

function markDifference({ kind, before, after, other, next }) {
  for (const block of [before, after]) if (block) mark(block, kind);
  if (other) standIn(before ?? after, kind, other, next);
}

/** As large as the block, so that both pages go on at the same height. */
function standIn(block, kind, parent, next) {
  const made = parent.ownerDocument.importNode(block, true);
  for (const each of [made, ...findAll("[id]", made)]) each.removeAttribute("id");
  made.inert = true;
  made.dataset.standIn = "yes";
  Object.assign(made.style, { background: "none", boxShadow: "none" });
  for (const each of made.children) each.style.opacity = "0.5";
  mark(made, kind, "dashed");
  parent.insertBefore(made, next);
}

/**
 * What differs between two elements that stand for each other: `before` and `after`, of which one may be missing; then
 * `other` is where it would stand on the other page, in front of `next`.
 */
function differences(before, after) {
  if (before.outerHTML === after.outerHTML) return [];
  const pairs = pairsOf(before, after);
  if (before.matches(WHOLE) || !pairs.size) return [changed(before, after)];
  const gone = [...before.children].filter((child) => !pairs.has(child));
  const known = new Set(pairs.values());
  const added = [...after.children].filter((child) => !known.has(child));
  const back = new Map([...pairs].map(([one, other]) => [other, one]));
  const found = [
    ...gone.map((child) => ({ kind: "gone", before: child, other: after, next: placeOf(child, pairs) })),
    ...added.map((child) => ({ kind: "new", after: child, other: before, next: placeOf(child, back) })),
    ...[...pairs].flatMap(([one, other]) => differences(one, other)),
    ...movedOf(pairs, after),
  ];
  return found.length ? found : [changed(before, after)]; // only its own text, or its looks
}

function changed(before, after) {
  const leadsTo = (block) => [block, ...findAll("a", block)].map((each) => each.getAttribute("href")).join(" ");
  return { kind: leadsTo(before) === leadsTo(after) ? "changed" : "leads", before, after };
}

/** In front of which element of the other page it would stand; null: behind all. */
function placeOf(child, pairs) {
  for (let next = child.nextElementSibling; next; next = next.nextElementSibling) {
    if (pairs.has(next)) return pairs.get(next);
  }
  return null;
}

/** Children that stand for each other, in the order before. */
function pairsOf(before, after) {
  const left = new Set(after.children);
  const pairs = new Map();
  for (const child of before.children) {
    const other = [...left].find((each) => areAlike(child, each));
    if (!other) continue;
    left.delete(other);
    pairs.set(child, other);
  }
  return pairs;
}

function areAlike(one, other) {
  if (nameOfBlock(one) !== nameOfBlock(other)) return false;
  if (one.matches(WHOLE) || !one.children.length) return true;
  const names = new Set([...other.children].map(nameOfBlock));
  return [...one.children].some((child) => names.has(nameOfBlock(child)));
}

function nameOfBlock(element) {
  const kind = `${element.localName} ${element.className}`;
  const text = element.matches(NAMED_BY_TEXT) ? plain((find("summary", element) ?? element).textContent) : "";
  return element.getAttribute("aria-labelledby") ?? `${kind} ${text}`;
}

function movedOf(pairs, after) {
  const order = [...after.children];
  let last = -1;
  return [...pairs].flatMap(([one, other]) => {
    const at = order.indexOf(other);
    if (at < last) return [{ kind: "moved", before: one, after: other }];
    last = at;
    return [];
  });
}

/** Into view what the change is about, else the first of what differs; both pages scroll together. */
function bringUp() {
  const sides = [shown.side, otherOf(shown.side)].filter((side) => pageOf(side));
  const card = find(`#change-${shown.change}`);
  const alike = `[data-marked=${card?.classList[1]}]`;
  const marked = [`${alike}[aria-labelledby^=${card?.dataset.option}-]`, alike, "[data-marked]"]
    .flatMap((selector) => sides.map((side) => insideOf(side).querySelector(selector)))
    .find(Boolean);
  if (!marked) return;
  const { left, top, width, height } = marked.getBoundingClientRect();
  const { scrollingElement, defaultView } = marked.ownerDocument;
  scrollingElement.scrollTop += top + (height - defaultView.innerHeight) / 2;
  for (const port of findAll(".port")) {
    const scale = port.firstElementChild.getBoundingClientRect().width / port.firstElementChild.offsetWidth;
    port.scrollLeft = Math.min((left + width / 2) * scale - port.clientWidth / 2, left * scale - 16);
  }
}

/** The smallest blocks whose text has it. */
function blocksWith(inside, text) {
  const wanted = plain(text);
  const walker = inside.createTreeWalker(inside.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (plain(visible(walker.currentNode.data)).includes(wanted) && !parent.closest(".unseen, .skip, script, style")) {
      found.add(parent.closest(".card, .action, .button, .check, .welcome, .banner, .brand, li, p") ?? parent);
    }
  }
  return [...found].slice(0, 8);
}

function plain(text) {
  return text.replace(/\s+/g, " ").trim().toLocaleLowerCase();
}
