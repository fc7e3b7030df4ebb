// Select2 says neither what a choice is called nor, as ARIA 1.2 wants it, which list belongs to it: this adds both.
"use strict";

{
  const nameOf = (select) => {
    const label = select.labels?.[0];
    return label ? label.textContent.trim().replace(/:$/, "") : select.getAttribute("aria-label") || "";
  };

  const complete = (selection) => {
    const container = selection.closest(".select2-container");
    const select = container?.previousElementSibling;
    if (!(select instanceof HTMLSelectElement)) {
      return;
    }
    const chosen = selection.querySelector(".select2-selection__rendered");
    if (!selection.id) {
      // Read as a text of its own, it would need a name of its own.
      chosen.removeAttribute("role");
      chosen.removeAttribute("aria-readonly");
      selection.id = `${chosen.id}-named`;
      selection.setAttribute("aria-label", nameOf(select));
      selection.setAttribute("aria-labelledby", `${selection.id} ${chosen.id}`);
    }
    const list = selection.getAttribute("aria-owns");
    if (list) {
      selection.setAttribute("aria-controls", list);
      document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", nameOf(select));
    } else {
      selection.removeAttribute("aria-controls");
    }
  };

  const completeAll = () => document.querySelectorAll(".select2-selection").forEach(complete);
  const watched = { childList: true, subtree: true, attributeFilter: ["aria-owns"] };
  new MutationObserver(completeAll).observe(document.documentElement, watched);
}
