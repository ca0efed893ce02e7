"use strict";
// The viewer of a review: everything else on the page works without it. See docs/review-file.md.

const WIDTHS = { phone: 390, desktop: 1280 };
const HEIGHTS = { phone: 844, desktop: 20000 };
const SIDES = ["before", "after"];
const BESIDE = 1000; // from this width of the window on, two pages have room side by side
const READABLE = 0.8; // smaller than this, a page can be zoomed to
const TINY = 0.4; // smaller than this, it is
const BLINK = 900;
const MOST_HITS = 60;
const AXES = ["persona", "place", "locale", "at"];

const words = JSON.parse(find("#words").textContent);
const frames = { before: find("#view-before iframe"), after: find("#view-after iframe") };
const MODES = findAll("#modes [data-mode]").map((button) => button.dataset.mode);
const shown = {
  variant: null,
  change: 0,
  mode: "", // the usual one
  side: "after", // of two pages that are shown in turn
  theme: "",
  device: "",
  zoom: "", // as it fits
  isStill: false, // whether nothing of the page moves
  why: false,
  marks: true,
  find: "",
};
const filters = new Map();
let review = null; // what the packed pages unpack to, once
let blinking = 0;
let leftOff = null; // where the focus was before a dialog opened

function find(selector, within = document) {
  return within.querySelector(selector);
}

function findAll(selector, within = document) {
  return [...within.querySelectorAll(selector)];
}

function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

/** As `visible_lines` in `visible.py` does it: what acts or hides is written as its code point. */
function visible(text) {
  return text.replace(/\r\n/g, "\n").replace(/(?![\n\t\u200c\u200d])[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu, (char) => {
    const point = char.codePointAt(0).toString(16);
    return point.length <= 4 ? `\\u${point.padStart(4, "0")}` : `\\U${point.padStart(8, "0")}`;
  });
}

function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function sign(name) {
  return find(`[data-sign=${name}]`, find("#signs").content).firstElementChild.cloneNode(true);
}

// The packed pages

async function unpack() {
  if (review) return review;
  const bytes = Uint8Array.from(atob(find("#pages").textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const packed = JSON.parse(await new Response(stream).text());
  packed.variants = packed.variants.map(asVariant);
  packed.byKey = new Map(packed.variants.map((variant) => [variant.key, variant]));
  review = packed;
  return review;
}

function asVariant(row) {
  const [index, firm, persona, locale, surface, page, at, before, after, reasons, status, cards, news] = row;
  const place = `${surface}-${page}`;
  const key = [firm, persona, locale, place, `${new Date(at).toISOString().slice(0, 16)}Z`].join("/");
  return { index, key, firm, persona, locale, surface, page, place, at, before, after, reasons, status, cards, news };
}

function documentOf(number, theme) {
  const [style, html] = review.documents[number];
  const text = style < 0 ? "" : review.styles[style][theme === "dark" ? 1 : 0];
  return html.replace("<style></style>", () => `<style>${text}</style>`);
}

// Names

function nameOf(axis, variant) {
  if (axis === "persona") return review.personas[variant.persona].title;
  if (axis === "place") return `${words[`surfaces.${variant.surface}`]} · ${words[`pages.${variant.page}`]}`;
  if (axis === "locale") return words[`languages.${variant.locale}`] ?? variant.locale;
  return momentOf(variant);
}

/** On the firm's own clock, in the words of the rest of the file. */
function momentOf(variant) {
  return review.moments[review.firms[variant.firm].zone][variant.at];
}

// Filters: values of one group are alternatives, groups narrow each other down

function readFilters() {
  filters.clear();
  for (const box of findAll("#filters input:checked")) {
    filters.set(box.name, [...(filters.get(box.name) ?? []), box.value]);
  }
}

function passes(values) {
  return [...filters].every(([name, wanted]) => {
    const own = values(name);
    return own === undefined || wanted.some((value) => own.includes(value));
  });
}

function variantPasses(variant) {
  return passes((name) => (name === "option" ? optionsOf(variant) : [variant[name]]));
}

function optionsOf(variant) {
  return variant.news.map(([, block]) => block.split(".")[0]);
}

function applyFilters() {
  for (const item of findAll("[data-item]")) {
    item.hidden = !passes((name) => item.dataset[name]?.trim().split(/\s+/));
  }
  for (const item of findAll(".line > [data-item]")) {
    item.hidden ||= !find(".event:not([hidden])", item);
  }
  const number = [...filters.values()].flat().length;
  find("#filter-count").textContent = number;
  find("#filter-count").hidden = !number;
  if (shown.variant) paint();
}

function filter() {
  readFilters();
  applyFilters();
  find("#said").textContent = say("shown_cards", { n: openCards().length, of: findAll(".card").length });
  writeHash();
}

function clearFilters() {
  for (const box of findAll("#filters input")) box.checked = false;
  filter();
}

function toggleFilters(open = find("#filters").hidden) {
  find("#filters").hidden = !open;
  find("#open-filters").setAttribute("aria-expanded", open);
  if (open) find("#filters input")?.focus();
}

// Which variants one steps through

function inChange(number) {
  return review.variants.filter((variant) => variant.cards.includes(number) && variantPasses(variant));
}

function openCards() {
  return findAll(".card:not([hidden])").map((card) => Number(card.dataset.card));
}

function pagesAround() {
  if (shown.change) return inChange(shown.change);
  return review.variants.filter((variant) => variant.firm === shown.variant.firm && variantPasses(variant));
}

function stepPage(by) {
  const pages = pagesAround();
  const at = pages.indexOf(shown.variant);
  const next = pages[at < 0 ? 0 : (at + by + pages.length) % pages.length];
  if (next) open(next, shown.change);
}

function stepChange(by) {
  const numbers = openCards();
  if (!numbers.length) return shown.variant ? stepPage(by) : undefined;
  const at = numbers.indexOf(currentChange());
  const next = numbers[at < 0 ? (by > 0 ? 0 : numbers.length - 1) : (at + by + numbers.length) % numbers.length];
  if (!shown.variant) return focusCard(next);
  const first = inChange(next)[0];
  if (first) open(first, next);
}

function currentChange() {
  return shown.variant ? shown.change : Number(document.activeElement?.closest(".card")?.dataset.card ?? 0);
}

function focusCard(number) {
  const card = find(`#change-${number}`);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center" });
}

// Looking for the page that differs in one thing only

function nearest(axis, value) {
  const same = (variant) => AXES.filter((other) => other !== axis && variant[other] === shown.variant[other]).length;
  return review.variants
    .filter((variant) => variant.firm === shown.variant.firm && variant[axis] === value)
    .reduce((best, variant) => (!best || same(variant) > same(best) ? variant : best), null);
}

function valuesOf(axis) {
  const found = new Map();
  for (const variant of review.variants) {
    if (variant.firm === shown.variant.firm && !found.has(variant[axis])) found.set(variant[axis], variant);
  }
  return [...found].sort(axis === "at" ? ([one], [other]) => (one < other ? -1 : 1) : () => 0);
}

function nextLanguage() {
  const locales = valuesOf("locale").map(([value]) => value);
  const next = locales[(locales.indexOf(shown.variant.locale) + 1) % locales.length];
  open(nearest("locale", next), shown.change);
}

// Opening and painting

async function open(variant, change = 0, look = "", isNewView = true) {
  await unpack();
  shown.variant = variant;
  shown.side = "after";
  shown.change = variant.cards.includes(change) ? change : (change && variant.cards[0]) || 0;
  shown.find = look;
  shown.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (!find("#viewer").open) {
    leftOff = document.activeElement;
    find("#viewer").showModal();
    find("#viewer-title").focus();
  }
  paint();
  writeHash(isNewView);
}

async function openKey(key, change = 0, isNewView = true) {
  try {
    await unpack();
  } catch {
    return toast(words.unpack_failed);
  }
  const variant = review.byKey.get(key);
  if (variant) await open(variant, change, "", isNewView);
  else toast(words.not_packed);
}

/** A slider over pages that are not alike would hide what it is there to show. */
function modeOf() {
  const { before, after } = shown.variant;
  if (before === after) return "single";
  return shown.mode && (shown.mode !== "slider" || shown.isStill) ? shown.mode : usualMode();
}

function usualMode() {
  return innerWidth >= BESIDE ? "side" : "blink";
}

function deviceOf() {
  return shown.device || (shown.variant.surface === "mobile" ? "phone" : "desktop");
}

function paint() {
  paintTitle();
  paintControls();
  paintAxes();
  paintNews();
  paintFrames();
  paintWhy();
  arrange();
}

function paintTitle() {
  const { variant } = shown;
  const persona = review.personas[variant.persona];
  const title = find("#viewer-title");
  title.replaceChildren(element("bdi", persona.title), element("span"));
  const where = [persona.client, review.firms[variant.firm].name, nameOf("place", variant), nameOf("at", variant)];
  title.lastChild.textContent = where.join(" · ");
  const numbers = openCards();
  const pages = pagesAround();
  find("#change-at").textContent = say("card_of", { n: numbers.indexOf(shown.change) + 1 || "–", of: numbers.length });
  find("#page-at").textContent = say("page_of", { n: pages.indexOf(variant) + 1 || "–", of: pages.length });
  find("#change-at").parentElement.hidden = !numbers.length;
}

function paintControls() {
  const state = { mode: modeOf(), side: shown.side, device: deviceOf(), theme: shown.theme };
  for (const [group, value] of Object.entries(state)) {
    for (const button of findAll(`#viewer [data-${group}]`)) {
      button.setAttribute("aria-pressed", button.dataset[group] === value);
    }
  }
  find("[data-do=marks]").setAttribute("aria-pressed", shown.marks);
  find("#modes").hidden = state.mode === "single";
  find("[data-mode=slider]").disabled = !shown.isStill;
  find("#range").hidden = state.mode !== "slider";
  find("#divider").hidden = state.mode !== "slider";
  find("#sides").hidden = state.mode !== "blink";
  for (const side of SIDES) find(`#view-${side}`).classList.toggle("away", state.mode === "blink" && side !== shown.side);
  if (state.mode !== "blink") play(false);
}

function paintAxes() {
  for (const select of findAll("[data-axis]")) {
    const { axis } = select.dataset;
    const options = valuesOf(axis).map(([value, variant]) => new Option(nameOf(axis, variant), value));
    select.replaceChildren(...options);
    select.value = shown.variant[axis];
    select.disabled = options.length < 2;
  }
}

function paintNews() {
  const { cards, before, after } = shown.variant;
  const chips = cards.map((number) => {
    const card = find(`#change-${number}`);
    const chip = element("span", "", `verb ${card.classList[1]}`);
    chip.append(sign(card.classList[1]), find(".verb", card).textContent);
    const told = element("span");
    told.append(chip, " ", find("h3", card).textContent);
    return told;
  });
  find("#viewer-news").replaceChildren(...(chips.length ? chips : [element("span", statusOfPage(before, after), "muted")]));
}

function statusOfPage(before, after) {
  if (!review.compares) return "";
  if (before === after) return words.unchanged;
  return before < 0 ? words.new : after < 0 ? words.gone : "";
}

function paintFrames() {
  const { before, after } = shown.variant;
  const isSingle = modeOf() === "single";
  find("#view-before").hidden = isSingle;
  show("after", after);
  if (!isSingle) show("before", before);
}

function show(side, number) {
  const frame = frames[side];
  find(".empty-page", frame.parentElement).hidden = number >= 0;
  frame.hidden = number < 0;
  if (number < 0) return;
  const html = documentOf(number, shown.theme);
  if (frame.dataset.shown === `${number} ${shown.theme}`) return loaded(side);
  frame.dataset.shown = `${number} ${shown.theme}`;
  frame.srcdoc = html;
}

/** Frames take the width of their device and are made smaller until they fit, or are looked at piece by piece. */
function arrange() {
  if (!shown.variant) return;
  const box = find("#frames");
  const mode = modeOf();
  const device = deviceOf();
  box.className = `frames ${device} ${mode}${mode === "slider" || mode === "blink" ? " over-each" : ""}`;
  const style = getComputedStyle(box);
  const border = device === "phone" ? 16 : 2;
  const columns = mode === "side" ? 2 : 1;
  const gap = columns === 2 ? parseFloat(style.columnGap) : 0;
  const room = (box.clientWidth - 2 * parseFloat(style.paddingLeft) - gap) / columns - border;
  const scale = scaleOf(Math.min(1, room / WIDTHS[device]));
  const width = Math.min(room, WIDTHS[device] * scale);
  const high = box.clientHeight - 2 * parseFloat(style.paddingTop) - 28 - border;
  const height = Math.max(160, Math.min(high, HEIGHTS[device] * scale));
  for (const frame of Object.values(frames)) resize(frame, WIDTHS[device], width, height, scale);
  resizeDivider(width + border, height + border);
}

function scaleOf(fitting) {
  const isNear = shown.zoom ? shown.zoom === "near" : fitting < TINY;
  find("[data-do=zoom]").hidden = fitting >= READABLE;
  find("[data-do=zoom]").setAttribute("aria-pressed", isNear);
  return isNear ? Math.max(fitting, READABLE) : fitting;
}

function zoom() {
  shown.zoom = find("[data-do=zoom]").getAttribute("aria-pressed") === "true" ? "whole" : "near";
  arrange();
  bringUp();
}

function resize(frame, width, portWidth, height, scale) {
  const spare = [(scale - 1) * width, (1 - 1 / scale) * height]; // of the room that it would take unscaled
  Object.assign(frame.style, { width: `${width}px`, height: `${height / scale}px`, transform: `scale(${scale})` });
  Object.assign(frame.style, { marginRight: `${spare[0]}px`, marginBottom: `${spare[1]}px` });
  const port = frame.parentElement;
  Object.assign(port.style, { width: "", height: "" });
  const border = port.offsetWidth - port.clientWidth;
  Object.assign(port.style, { width: `${portWidth + border}px`, height: `${height + border}px` });
  port.classList.toggle("near", width * scale > portWidth + 1);
}

function resizeDivider(width, height) {
  Object.assign(find("#divider").style, { width: `${width}px`, height: `${height}px` });
}

function setMode(mode) {
  shown.mode = mode;
  paint();
  writeHash();
}

/** On a phone what is chosen about a page has room only when it is asked for. */
function toggleLooks(isOpen = !find("#looks").classList.contains("open")) {
  find("#looks").classList.toggle("open", isOpen);
  find("[data-do=looks]").setAttribute("aria-expanded", isOpen);
  arrange();
}

function toggleMarks() {
  shown.marks = !shown.marks;
  paintControls();
  compare();
}

function setTheme(theme) {
  shown.theme = theme;
  paint();
  writeHash();
}

function setDevice(device) {
  shown.device = device;
  paint();
  writeHash();
}

function slide(value) {
  find("#slide").value = value;
  find("#frames").style.setProperty("--x", `${value}%`);
}

function dragDivider(event) {
  const box = find("#divider").getBoundingClientRect();
  slide(Math.round(Math.max(0, Math.min(100, (100 * (event.clientX - box.left)) / box.width))));
}

/** Before and after in turn, by hand or by themselves. */
function setSide(side) {
  shown.side = side;
  paintControls();
}

function swap() {
  setSide(shown.side === "after" ? "before" : "after");
}

function play(isOn) {
  clearInterval(blinking);
  blinking = isOn ? setInterval(swap, BLINK) : 0;
  find("[data-do=play]").textContent = blinking ? words.pause : words.play;
}

function blink() {
  if (modeOf() === "blink") return swap();
  shown.side = "before";
  setMode("blink");
}

function nextMode() {
  const modes = MODES.filter((mode) => mode !== "slider" || shown.isStill);
  setMode(modes[(modes.indexOf(modeOf()) + 1) % modes.length]);
}

// Why

function toggleWhy() {
  shown.why = !shown.why;
  paintWhy();
  arrange();
}

function paintWhy() {
  const panel = find("#why");
  panel.hidden = !shown.why;
  find("[data-do=why]").setAttribute("aria-expanded", shown.why);
  if (!shown.why) return;
  const concerned = optionsOf(shown.variant);
  const options = [...new Set(review.reasons[shown.variant.reasons].map(([, option]) => option))];
  const weight = (option) => (concerned.includes(option) ? 0 : ["profile", "standing"].includes(option) ? 2 : 1);
  const own = find(`#change-${shown.change}`)?.dataset.option;
  const rank = (option) => (option === own ? -1 : weight(option));
  const sorted = options.sort((one, other) => rank(one) - rank(other));
  const title = element("h3", find("[data-do=why]").textContent.trim());
  panel.replaceChildren(title, ...sorted.map((option) => whyOption(option, weight(option) === 0)));
}

function whyOption(option, isConcerned) {
  const rows = review.reasons[shown.variant.reasons].filter((row) => row[1] === option);
  const list = element("ul");
  list.append(...rows.map(whyBlock));
  const made = element("section");
  made.append(element("h4", review.options[option] ?? option), list, whySettings(option, isConcerned));
  return made;
}

function whyBlock([key, , label, reason, text]) {
  const item = element("li", "", reason ? "unchanged" : "new");
  const told = element("div");
  const isEntry = key.split(".").length > 2;
  told.append(element("bdi", isEntry && text ? text : label), " ");
  told.append(element("span", reason ? say("hidden", { reason }) : words.shown, "muted"));
  const news = shown.variant.news.find(([, block]) => block === key);
  if (news) told.append(" ", element("b", `(${words[`kinds.${news[0]}`]})`));
  item.append(sign(reason ? "gone" : "kept"), told);
  return item;
}

function whySettings(option, isOpen) {
  const settings = review.firms[shown.variant.firm].settings[option] ?? [];
  if (!settings.length) return element("p", words.no_settings, "muted small");
  const list = element("dl");
  for (const [name, value, layer, source] of settings) {
    const row = element("div");
    const short = name.split(" › ").slice(1).join(" › ") || name;
    row.append(element("dt", short), element("dd", value), element("dd", `${layer} · ${source}`, "muted"));
    list.append(row);
  }
  const made = element("details", "", "fold");
  made.open = isOpen;
  made.append(element("summary", say("settings", { n: settings.length })), list);
  return made;
}

// Search

function openSearch() {
  if (!find("#search").open) find("#search").showModal();
  find("#query").select();
}

function searchSoon() {
  clearTimeout(searchSoon.timer);
  searchSoon.timer = setTimeout(search, 120);
}

async function search() {
  await unpack();
  const query = find("#query").value.trim();
  const hits = query.length > 1 ? hitsOf(query) : [];
  find("#hits").replaceChildren(...hits.slice(0, MOST_HITS).map((hit) => asHit(hit, query)));
  find("#search-status").textContent = query.length < 2 ? "" : statusOf(hits);
}

function statusOf(hits) {
  if (!hits.length) return whyNoHits();
  const pages = new Set(hits.flatMap((hit) => hit.variants)).size;
  return say("found", { n: hits.length, pages });
}

/** Nobody looked at pages that are not in the file. */
function whyNoHits() {
  const away = new Set(review.left_out);
  if (!away.size) return words.no_hits;
  const asked = [...(filters.get("firm") ?? [])];
  if (asked.length && asked.every((firm) => away.has(firm))) return words.no_pages_of;
  return say("no_hits_of", { n: away.size, of: away.size + Object.keys(review.firms).length });
}

/** Equal passages of one firm are one hit, however many pages have them. */
function hitsOf(query) {
  const wanted = plain(query);
  const hits = new Map();
  for (const passage of passages()) {
    if (!passage.plain.includes(wanted)) continue;
    for (const [variant, side] of passage.pages) {
      if (filters.size && !variantPasses(variant)) continue;
      const key = `${variant.firm} ${variant.locale} ${passage.plain}`;
      const hit = hits.get(key) ?? { text: passage.text, variants: new Set(), sides: new Set() };
      hits.set(key, hit);
      hit.variants.add(variant);
      hit.sides.add(variant.before === variant.after ? "both" : side);
    }
  }
  return [...hits.values()].map((hit) => ({ ...hit, variants: [...hit.variants] }));
}

/** Everything that clients read, each passage once, with the pages that say it. */
function passages() {
  review.passages ??= readPassages();
  return review.passages;
}

function readPassages() {
  const pagesOf = review.documents.map(() => []);
  for (const variant of review.variants) {
    if (variant.after >= 0) pagesOf[variant.after].push([variant, "after"]);
    if (variant.before >= 0 && variant.before !== variant.after) pagesOf[variant.before].push([variant, "before"]);
  }
  const found = new Map();
  review.documents.forEach(([, html], number) => {
    for (const raw of new Set(blocksOf(html))) {
      if (!found.has(raw)) found.set(raw, []);
      found.get(raw).push(...pagesOf[number]);
    }
  });
  const area = document.createElement("textarea"); // it decodes what is escaped, and nothing else
  return [...found].map(([raw, pages]) => {
    area.innerHTML = raw;
    const text = visible(area.value);
    return { text, plain: plain(text), pages };
  });
}

/** The text of a page's blocks, still escaped. The markup is our own, so its tags are easily told. */
function blocksOf(html) {
  const body = html.slice(html.indexOf("<body")).replace(/<(?:svg|title)[\s\S]*?<\/(?:svg|title)>/g, "");
  return body
    .split(/<\/?(?:h[1-6]|p|li|ul|ol|dl|dt|dd|a|button|summary|details|label|div|section|article|header|main|nav|footer|body)\b[^>]*>/)
    .map((part) => part.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

function asHit(hit, query) {
  const [variant] = hit.variants;
  const link = element("a");
  link.href = `#${hashOf(variant)}`;
  const places = [...new Set(hit.variants.map((each) => nameOf("place", each)))].slice(0, 3).join(", ");
  const where = [review.firms[variant.firm].name, nameOf("locale", variant), places, say("pages_with", { n: hit.variants.length })];
  const side = hit.sides.size === 1 ? words[`told_${[...hit.sides][0]}`] : "";
  link.append(excerpt(hit.text, query), element("span", [...where, side].filter(Boolean).join(" · "), "muted small"));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    find("#search").close();
    open(variant, 0, query);
  });
  const item = element("li");
  item.append(link);
  return item;
}

function excerpt(text, query) {
  const at = text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase());
  const from = at < 70 ? 0 : text.indexOf(" ", at - 70) + 1;
  const line = element("p");
  line.append(`${from ? "… " : ""}${text.slice(from, at)}`);
  line.append(element("mark", text.slice(at, at + query.length)));
  line.append(text.slice(at + query.length, at + query.length + 110) + (text.length > at + query.length + 110 ? " …" : ""));
  return line;
}

// The address: #page=firm/client/language/page/instant&change=1&mode=side&theme=dark&firm=a,b

function hashOf(variant, change = 0) {
  return `page=${variant.key.split("/").map(encodeURIComponent).join("/")}${change ? `&change=${change}` : ""}`;
}

/** Each view has an entry of its own in the browser's history; how one looks at it has none. */
function writeHash(isNewView = false) {
  const parts = [];
  if (shown.variant) {
    parts.push(hashOf(shown.variant, shown.change));
    if (shown.mode) parts.push(`mode=${shown.mode}`);
    if (shown.theme) parts.push(`theme=${shown.theme}`);
    if (shown.device) parts.push(`device=${shown.device}`);
  }
  for (const [name, values] of filters) parts.push(`${name}=${values.map(encodeURIComponent).join(",")}`);
  const hash = parts.join("&");
  if (hash === location.hash.slice(1)) return;
  const address = hash ? `#${hash}` : location.pathname + location.search;
  if (isNewView) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function readHash() {
  const pairs = location.hash.slice(1).split("&").map((part) => part.split("="));
  const read = Object.fromEntries(pairs.filter((pair) => pair.length === 2));
  for (const box of findAll("#filters input")) {
    box.checked = (read[box.name] ?? "").split(",").map(safeDecode).includes(box.value);
  }
  shown.variant = null; // what is closed from here on makes no new entry
  readFilters();
  applyFilters();
  shown.mode = MODES.includes(read.mode) ? read.mode : "";
  if (["light", "dark"].includes(read.theme)) shown.theme = read.theme;
  if (Object.hasOwn(WIDTHS, read.device)) shown.device = read.device;
  if (read.page) return openKey(safeDecode(read.page), Number(read.change ?? 0), false);
  if (find("#viewer").open) find("#viewer").close();
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

// Dialogs, keys, clicks

function closeViewer() {
  const isNewView = shown.variant !== null;
  shown.variant = null;
  play(false);
  for (const frame of Object.values(frames)) {
    frame.srcdoc = ""; // without any, the browser's history would have one more entry
    delete frame.dataset.shown;
  }
  if (isNewView) writeHash(true);
  leftOff?.focus?.();
}

function toast(text) {
  const box = find("#toast");
  const where = find("#viewer").open ? find(".stage") : document.body;
  where.append(box);
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 5000);
}

const ANYWHERE = {
  j: () => stepChange(1),
  k: () => stepChange(-1),
  "/": openSearch,
  "?": () => find("#help").showModal(),
};

const IN_VIEWER = {
  n: () => stepPage(1),
  p: () => stepPage(-1),
  s: nextMode,
  b: blink,
  l: nextLanguage,
  d: () => setDevice(deviceOf() === "phone" ? "desktop" : "phone"),
  t: () => setTheme(shown.theme === "dark" ? "light" : "dark"),
  w: toggleWhy,
  m: toggleMarks,
  z: zoom,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find(".sheet[open]")) return;
  const isOpen = find("#viewer").open;
  if (event.key === "Escape" && isOpen) return find("#viewer").close();
  const does = ANYWHERE[event.key] ?? (isOpen ? IN_VIEWER[event.key] : { f: toggleFilters }[event.key]);
  if (!does) return;
  event.preventDefault();
  does();
}

function isTyping(target) {
  return target.matches?.("input:not([type=range], [type=checkbox]), select, textarea") ?? false;
}

const DO = {
  close: () => find("#viewer").close(),
  "change-on": () => stepChange(1),
  "change-back": () => stepChange(-1),
  "page-on": () => stepPage(1),
  "page-back": () => stepPage(-1),
  clear: clearFilters,
  why: toggleWhy,
  marks: toggleMarks,
  zoom,
  looks: () => toggleLooks(),
  play: () => play(!blinking),
  "close-search": () => find("#search").close(),
  "close-help": () => find("#help").close(),
};

function onClick(event) {
  const button = event.target.closest("button");
  if (button?.dataset.do) return DO[button.dataset.do]();
  if (button?.dataset.mode) return setMode(button.dataset.mode);
  if (button?.dataset.side) return setSide(button.dataset.side);
  if (button?.dataset.device) return setDevice(button.dataset.device);
  if (button?.dataset.theme) return setTheme(button.dataset.theme);
  const link = event.target.closest("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openFirst(link);
}

/** Of a change the first page that the filters let through. */
async function openFirst(link) {
  const change = Number(link.dataset.change ?? 0);
  await unpack().catch(() => toast(words.unpack_failed));
  const first = change && filters.size ? inChange(change)[0] : null;
  openKey(first?.key ?? link.dataset.open, change);
}

function onAxis(event) {
  const next = nearest(event.target.dataset.axis, event.target.value);
  if (next) open(next, shown.change);
}

function start() {
  document.documentElement.classList.add("scripts");
  for (const link of findAll("[data-open]")) link.href = `#page=${link.dataset.open}${link.dataset.change ? `&change=${link.dataset.change}` : ""}`;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  find("#open-filters").addEventListener("click", () => toggleFilters());
  find("#open-search").addEventListener("click", openSearch);
  find("#open-help").addEventListener("click", () => find("#help").showModal());
  find("#filters").addEventListener("change", filter);
  find("#query").addEventListener("input", searchSoon);
  find("#query").addEventListener("keydown", (event) => event.key === "Enter" && search().then(() => find("#hits a")?.click()));
  find("#slide").addEventListener("input", (event) => slide(event.target.value));
  find(".handle").addEventListener("pointerdown", (event) => event.target.closest(".handle").setPointerCapture(event.pointerId));
  find(".handle").addEventListener("pointermove", (event) => event.buttons && dragDivider(event));
  for (const select of findAll("[data-axis]")) select.addEventListener("change", onAxis);
  for (const side of SIDES) frames[side].addEventListener("load", () => loaded(side));
  for (const port of findAll(".port")) port.addEventListener("scroll", scrollOtherPort, { passive: true });
  find("#viewer").addEventListener("close", closeViewer);
  addEventListener("resize", () => shown.variant && (paintControls(), arrange()));
  addEventListener("hashchange", readHash);
  addEventListener("beforeprint", () => findAll("details").forEach((each) => (each.open = true)));
  slide(find("#slide").value);
  play(false);
  readHash();
}

start();
