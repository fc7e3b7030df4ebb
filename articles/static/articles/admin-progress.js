"use strict";

// The page of work in the background: how far it is, without loading the page. At the end it is loaded once more.
(() => {
  const PAUSE = 1000; // ms
  const SLOWEST = 30_000; // ms, while no answer comes

  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  const bar = shown.querySelector("progress");
  let pause = PAUSE;

  setTimeout(look, pause);

  async function look() {
    const answer = await ask();
    if (answer && !answer.is_going_on) return location.reload();
    if (answer) show(answer);
    pause = answer ? PAUSE : Math.min(pause * 2, SLOWEST);
    setTimeout(look, pause);
  }

  function show(answer) {
    shown.querySelector("[data-state]").textContent = answer.state;
    shown.querySelector("[data-text]").textContent = answer.text;
    if (!answer.total) return;
    bar.max = answer.total;
    bar.value = answer.done;
  }

  function ask() {
    return fetch(shown.dataset.progress)
      .then((response) => response.ok ? response.json() : null)
      .catch(() => null);
  }
})();
