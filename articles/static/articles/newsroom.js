// What the pages gain where scripts run. All of it also works without.
//
//   1. Lists change in place: a link or form that leads to the same list fetches it and swaps the content.
//   2. A stretch of time is chosen on a chart by dragging, or with the arrow keys and Shift.
//   3. Single keys lead to the search box and through the results. They can be switched off.
//
// Words for people come from the page: nothing here is to be translated.

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function announce(text) {
  find("#announcement").textContent = text;
}

// 1. Lists that change in place

const main = find("main");
const changesInPlace = "inPlace" in main.dataset;
const OF_THIS_LIST = "link[rel=canonical], link[rel=alternate], meta[name=robots]";
let shown = location.pathname + location.search;
let loading = null;

function isSameList(address) {
  return changesInPlace && address.origin === location.origin && address.pathname === location.pathname;
}

// `used` is the link or field that the reader used.
async function go(address, used = null) {
  if (!isSameList(address)) return location.assign(address);
  const top = used?.getBoundingClientRect().top;
  history.replaceState({ scroll: scrollY }, "");
  if (await load(address)) {
    if (address.href !== location.href) history.pushState({}, "", address);
    settle(used, top);
  }
}

async function load(address) {
  loading?.abort();
  const current = (loading = new AbortController());
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: current.signal });
    if (!response.ok) throw new Error(response.statusText);
    swap(new DOMParser().parseFromString(await response.text(), "text/html"));
    shown = address.pathname + address.search;
    all("input[name=next]").forEach((field) => (field.value = shown)); // where another language leads
    return true;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return false;
  } finally {
    if (loading === current) main.removeAttribute("aria-busy");
  }
}

function swap(page) {
  const open = all("main details[open][data-key]").map(keyOf);
  document.title = page.title;
  main.replaceChildren(...find("main", page).childNodes);
  all(OF_THIS_LIST).forEach((element) => element.remove());
  document.head.append(...all(OF_THIS_LIST, page.head));
  open.forEach((key) => find(key)?.setAttribute("open", ""));
  prepareCharts();
  announce(find("h1").textContent.trim());
}

// An element is known again on the next page by its id or its key; the link that leaves an option out, by the option's.
function keyOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const keyed = element.dataset.key ? element : element.closest("li")?.querySelector("a[data-key]");
  return keyed && `[data-key="${CSS.escape(keyed.dataset.key)}"]`;
}

// Focus stays on what was used, and that where it was on the screen; otherwise it goes to the top of the results.
function settle(used, top) {
  const again = used && keyOf(used) && find(`main ${keyOf(used)}`);
  if (again) {
    again.focus({ preventScroll: true });
    return scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
  }
  const target = (used?.matches(".chip") ? find(".chip") : find("#results")) ?? find("h1");
  if (!target.matches("a")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (target.getBoundingClientRect().top < 0) target.scrollIntoView({ behavior: "instant" });
}

function isPlainClick(event) {
  return !event.defaultPrevented && !event.button && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[href]");
  if (!link || !isPlainClick(event) || link.hasAttribute("download")) return;
  const address = new URL(link.getAttribute("href"), location);
  if (!isSameList(address) || (address.hash && address.search === location.search)) return;
  event.preventDefault();
  go(address, link);
});

document.addEventListener("submit", (event) => {
  const address = new URL(event.target.action, location);
  if (event.target.method !== "get" || !main.contains(event.target) || !isSameList(address)) return;
  event.preventDefault();
  const filled = [...new FormData(event.target)].filter(([, value]) => value);
  address.search = new URLSearchParams(filled);
  // On a telephone the keyboard would go on covering the results.
  go(address, matchMedia("(pointer: coarse)").matches ? null : document.activeElement);
});

addEventListener("popstate", async (event) => {
  if (!changesInPlace || location.pathname + location.search === shown) return;
  if (await load(new URL(location))) scrollTo({ top: event.state?.scroll ?? 0, behavior: "instant" });
});

// 2. A stretch of time on a chart

const periodsOf = (chart) => all(".time-chart-period", chart);
let drag = null;

// One stop for the tab key instead of one for each column.
function prepareCharts() {
  for (const chart of all(".time-chart[data-address]")) {
    all("a.time-chart-period", chart).forEach((column, number) => column.setAttribute("tabindex", number ? -1 : 0));
  }
}

function mark(chart, first, last) {
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  const periods = periodsOf(chart);
  periods.forEach((period, number) => period.classList.toggle("is-in-range", number >= low && number <= high));
  const count = periods.slice(low, high + 1).reduce((sum, period) => sum + Number(period.dataset.count), 0);
  const number = count.toLocaleString(document.documentElement.lang);
  const names = [periods[low].dataset.name, periods[high].dataset.name];
  const label = find(".time-chart-range", chart);
  label.textContent = `${[...new Set(names)].join(" – ")}: ${number}`;
  label.hidden = false;
  return label.textContent;
}

function unmark(chart) {
  all(".is-in-range", chart).forEach((period) => period.classList.remove("is-in-range"));
  find(".time-chart-range", chart).hidden = true;
}

function openStretch(chart, first, last) {
  const periods = periodsOf(chart);
  const address = new URL(chart.dataset.address, location);
  address.searchParams.append("from", periods[Math.min(first, last)].dataset.first);
  address.searchParams.append("to", periods[Math.max(first, last)].dataset.last);
  go(address);
}

function columnAt(chart, x) {
  const box = find("svg", chart).getBoundingClientRect();
  const periods = periodsOf(chart).length;
  return Math.max(0, Math.min(periods - 1, Math.floor(((x - box.left) / box.width) * periods)));
}

document.addEventListener("pointerdown", (event) => {
  const drawing = event.target.closest(".time-chart[data-address] > svg");
  if (!drawing || event.button || !isPlainClick(event)) return;
  const chart = drawing.parentElement;
  const start = columnAt(chart, event.clientX);
  drag = { chart, drawing, start, end: start, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.end = columnAt(drag.chart, event.clientX);
  if (!drag.moved && drag.end === drag.start) return;
  if (!drag.moved) drag.drawing.setPointerCapture(event.pointerId);
  drag.moved = true;
  mark(drag.chart, drag.start, drag.end);
});

document.addEventListener("pointerup", () => {
  const { chart, start, end, moved } = drag ?? {};
  drag = null;
  if (!moved) return;
  unmark(chart);
  openStretch(chart, start, end);
});

document.addEventListener("pointercancel", () => {
  if (drag) unmark(drag.chart);
  drag = null;
});

// A link would be dragged away as a link.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".time-chart")) event.preventDefault();
});

// Where an arrow key leads; columns without articles are no links, and are passed over.
function columnBeside(chart, number, key) {
  const periods = periodsOf(chart);
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: 1, End: -1 }[key];
  if (!step) return number;
  let next = key === "Home" ? 0 : key === "End" ? periods.length - 1 : number + step;
  while (periods[next] && !periods[next].matches("a")) next += step;
  return periods[next] ? next : number;
}

document.addEventListener("keydown", (event) => {
  const column = event.target.closest?.("a.time-chart-period");
  const chart = column?.closest(".time-chart[data-address]");
  if (!chart || event.ctrlKey || event.metaKey || event.altKey) return;
  const number = periodsOf(chart).indexOf(column);
  const next = columnBeside(chart, number, event.key);
  if (next !== number) {
    event.preventDefault();
    event.shiftKey ? (chart.anchor ??= number) : forgetStretch(chart);
    column.setAttribute("tabindex", -1);
    periodsOf(chart)[next].setAttribute("tabindex", 0);
    periodsOf(chart)[next].focus();
    if (event.shiftKey) announce(mark(chart, chart.anchor, next));
  } else if (event.key === "Enter" && chart.anchor !== undefined) {
    event.preventDefault();
    openStretch(chart, chart.anchor, number);
  } else if (event.key === "Escape") {
    forgetStretch(chart);
  }
});

function forgetStretch(chart) {
  delete chart.anchor;
  unmark(chart);
}

// 3. Single keys

const SWITCH = "newsroom.shortcuts";
const help = find("#shortcuts");
const isOn = find("#shortcuts-on");

function stored(value) {
  try {
    if (value !== undefined) localStorage.setItem(SWITCH, value);
    return localStorage.getItem(SWITCH);
  } catch {
    return null; // the reader lets no page keep anything
  }
}

function readOn(step) {
  const links = all(".entry-headline a");
  const current = links.findIndex((link) => link.closest(".entry").contains(document.activeElement));
  const next = current < 0 ? (step > 0 ? 0 : links.length - 1) : current + step;
  links[next]?.focus();
}

const KEYS = {
  "/": () => find("#search-words")?.select(),
  "?": () => help.showModal(),
  j: () => readOn(1),
  k: () => readOn(-1),
};

function isTyping(element) {
  return element.isContentEditable || element.matches?.("input, textarea, select");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.id === "search-words") event.target.blur();
  const isOurs = KEYS[event.key] && isOn.checked && !help.open && !isTyping(event.target);
  if (!isOurs || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});

isOn.checked = stored() !== "off";
isOn.addEventListener("change", () => stored(isOn.checked ? "on" : "off"));
find("#shortcuts-open").addEventListener("click", () => help.showModal());
prepareCharts();
