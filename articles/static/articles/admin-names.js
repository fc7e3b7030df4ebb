"use strict";

// Suggestions for a line that takes the name of a person, a place or a topic: what is found stands in a list below.
(() => {
  const DELAY = 200; // ms without typing

  document.querySelectorAll("[data-names-for]").forEach((found) => {
    const input = document.getElementById(found.dataset.namesFor);
    const select = found.querySelector("select");
    let timer, asked;

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(suggest, DELAY);
    });
    select.addEventListener("change", () => {
      if (select.selectedOptions.length) input.value = select.selectedOptions[0].textContent;
    });

    // Somebody was quicker than this script.
    if (input === document.activeElement && input.value) suggest();

    async function suggest() {
      const term = asked = input.value.trim();
      const answer = term ? await ask(term) : { results: [] };
      if (asked !== term) return; // something else was typed meanwhile
      select.replaceChildren(...answer.results.map((result) => new Option(result.text, result.id)));
      found.hidden = answer.results.length === 0;
    }

    function ask(term) {
      return fetch(`${found.dataset.address}&term=${encodeURIComponent(term)}`)
        .then((response) => response.json())
        .catch(() => ({ results: [] }));
    }
  });
})();
