"use strict";

// Cards to decide on, from the keyboard. Decisions are sent one after another while the next card is there already;
// what could not be saved comes back with the reason. Without this script every button works as a form.
(() => {
  const list = document.querySelector("[data-cards]");
  if (!list) return;

  const FETCH_AHEAD = 8; // cards that should still be waiting
  const KEPT = 30; // decided cards that stay on the page
  const decided = []; // cards in the order of their decisions
  const counters = { accepted: 0, rejected: 0, skipped: 0, unsent: 0 };
  let sending = Promise.resolve();
  let fetching = false;

  const cards = () => [...list.querySelectorAll("[data-card]")];
  const isOpen = (card) => !card.classList.contains("is-decided");
  const suggestions = (card) => card.querySelectorAll("[data-decide] [data-one]").length;
  const current = () => list.querySelector(".is-current");

  // Where the editor is

  function go(card) {
    current()?.classList.remove("is-current");
    if (!card) return say(list.dataset.next ? list.dataset.sayNoMore : list.dataset.sayEnd);
    card.classList.add("is-current");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "center" });
  }

  function next(from) {
    const all = cards();
    const behind = all.slice(all.indexOf(from) + 1).find(isOpen);
    fetchAhead();
    if (behind || !fetching) return go(behind);
    fetching.then(() => go(cards().slice(cards().indexOf(from) + 1).find(isOpen)));
  }

  function previous(from) {
    const all = cards();
    const before = all.slice(0, all.indexOf(from)).reverse().find(isOpen);
    if (before) go(before);
  }

  // Deciding

  function decide(card, form, button) {
    const body = new URLSearchParams(new FormData(form));
    body.append(button.name, button.value);
    close(card, button);
    next(card);
    send(form.getAttribute("action"), body)
      .then((answer) => { card.querySelector("[name=occasion]").value = answer.occasion; })
      .catch((problem) => {
        forget(card);
        open(card);
        complain(card, problem.message);
      });
  }

  function close(card, button) {
    card.dataset.counted = button.dataset.counts;
    count(button.dataset.counts, 1);
    waiting(-suggestions(card));
    card.classList.add("is-decided");
    card.querySelector("[data-decide]").hidden = true;
    card.querySelector("[data-problem]").hidden = true;
    card.querySelector("[data-undo]").hidden = false;
    card.querySelector("[data-undo] [data-said]").textContent = button.dataset.said;
    card.querySelector("[type=checkbox]")?.setAttribute("disabled", "");
    decided.push(card);
    cards().filter((each) => !isOpen(each)).slice(0, -KEPT).forEach((each) => each.remove());
    say(button.dataset.said);
  }

  function open(card) {
    count(card.dataset.counted, -1);
    waiting(suggestions(card));
    card.classList.remove("is-decided");
    card.querySelector("[data-decide]").hidden = false;
    card.querySelector("[data-undo]").hidden = true;
    card.querySelector("[type=checkbox]")?.removeAttribute("disabled");
  }

  function undo(card) {
    if (!card) return undoBeforeThisPage();
    forget(card);
    const form = card.querySelector("[data-undo]");
    // The decision may still be on its way: its occasion is known when it is this one's turn.
    send(form.getAttribute("action"), () => new URLSearchParams(new FormData(form)))
      .then((answer) => {
        if (!card.isConnected) list.prepend(card);
        open(card);
        go(card);
        say(answer.said);
      })
      .catch((problem) => complain(card, problem.message));
  }

  function undoBeforeThisPage() {
    const button = document.querySelector("[data-undo-last]");
    if (button) button.click();
    else say(list.dataset.sayNothing);
  }

  function forget(card) {
    const place = decided.indexOf(card);
    if (place >= 0) decided.splice(place, 1);
  }

  // Talking to the archive

  function send(address, body) {
    count("unsent", 1);
    const answer = sending.then(() => post(address, typeof body === "function" ? body() : body));
    sending = answer.catch(() => {}).then(() => count("unsent", -1));
    return answer;
  }

  async function post(address, body) {
    const headers = { Accept: "application/json" };
    const response = await fetch(address, { method: "POST", body, headers, keepalive: true }).catch(() => {
      throw new Error(list.dataset.sayOffline);
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) throw new Error(response.status >= 500 ? list.dataset.sayOffline : list.dataset.sayRefused);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.problem);
    return answer;
  }

  function fetchAhead() {
    if (fetching || !list.dataset.next || cards().filter(isOpen).length >= FETCH_AHEAD) return;
    const address = list.dataset.next;
    fetching = sending.then(() => fetch(address, { headers: { "X-Requested-With": "fetch" } }))
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error())))
      .then((text) => append(new DOMParser().parseFromString(text, "text/html").querySelector("[data-cards]")))
      .catch(() => {}) // tried again with the next key
      .finally(() => { fetching = false; });
    sending = fetching;
  }

  function append(further) {
    if (further.dataset.next) list.dataset.next = further.dataset.next;
    else delete list.dataset.next;
    const fresh = [...further.children].filter((card) => !document.getElementById(card.id));
    list.append(...fresh);
    document.querySelector("[data-next-page]")?.remove();
  }

  // Telling the editor

  function say(text) {
    document.querySelector("[data-status]").textContent = text;
  }

  function complain(card, text) {
    const problem = card.querySelector("[data-problem]");
    problem.textContent = text;
    problem.hidden = false;
    say(text);
  }

  function count(name, change) {
    counters[name] += change;
    document.querySelector(`[data-counter=${name}]`).textContent = counters[name];
    document.querySelector("[data-unsent]").hidden = counters.unsent === 0;
  }

  function waiting(change) {
    const shown = document.querySelector("[data-waiting]");
    if (!shown) return;
    shown.dataset.waiting = Math.max(Number(shown.dataset.waiting) + change, 0);
    shown.textContent = Number(shown.dataset.waiting).toLocaleString(document.documentElement.lang);
  }

  // Keys

  const press = (card, key) => card?.querySelector(`[data-decide]:not([hidden]) [data-key="${key}"]`);
  const skip = (card) => { count("skipped", 1); next(card); };
  const KEYS = {
    a: (card) => press(card, "a")?.click() ?? (press(card, "1") && say(list.dataset.saySeveral)),
    r: (card) => press(card, "r")?.click(),
    s: skip,
    j: skip,
    k: previous,
    u: () => undo(decided.at(-1)),
    o: (card) => { const link = press(card, "o"); if (link) window.open(link.href, "_blank", "noopener"); },
    "?": toggleHelp,
  };

  function toggleHelp() {
    const help = document.querySelector("[data-help]");
    help.open = !help.open;
  }

  function onKey(event) {
    const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !useKeys.checked) return;
    const act = KEYS[event.key] ?? (/^[1-9]$/.test(event.key) ? (card) => press(card, event.key)?.click() : null);
    if (!act) return;
    event.preventDefault();
    const card = current();
    // Who is faster than the next cards decides on them when they are there.
    if (fetching && card && !isOpen(card) && event.key !== "u") fetching.then(() => act(current()));
    else act(card ?? cards().find(isOpen));
  }

  const useKeys = document.querySelector("[data-use-keys]");
  const REMEMBERED = "newsroom-review-keys";
  useKeys.checked = localStorage.getItem(REMEMBERED) !== "off";
  useKeys.addEventListener("change", () => localStorage.setItem(REMEMBERED, useKeys.checked ? "on" : "off"));

  // Buttons do what the keys do

  list.addEventListener("submit", (event) => {
    const card = event.target.closest("[data-card]");
    event.preventDefault();
    if (event.target.matches("[data-undo]")) undo(card);
    else decide(card, event.target, event.submitter);
  });
  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-key=s]")) return;
    event.preventDefault();
    skip(event.target.closest("[data-card]"));
  });
  list.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-card]");
    if (card === current() || !card || !isOpen(card)) return;
    current()?.classList.remove("is-current");
    card.classList.add("is-current");
  });
  document.querySelector("[data-select-all]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const boxes = [...list.querySelectorAll("[type=checkbox]:not(:disabled)")];
    const select = !boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = select; });
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", (event) => { if (counters.unsent) event.preventDefault(); });

  document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  cards().find(isOpen)?.classList.add("is-current");
})();
