// Says on each + button of a policy's text what it adds: several stand one under another. Wagtail draws the buttons and
// their lists while somebody writes, so new ones are looked for. The words stand on the page.
(() => {
  const BY_PLACE = { sections: "section", preamble: "block", body: "block" };
  const BY_KIND = { clauses: "clause", definitions: "definition" };
  const BY_DEPTH = ["clause", "subClause", "lowestClause"];

  function whatItAdds(button) {
    const place = button.closest("[data-contentpath]");
    if (!place) return "";
    const name = place.dataset.contentpath;
    if (BY_PLACE[name]) return BY_PLACE[name];
    if (name !== "clauses") return BY_KIND[place.querySelector(':scope > input[name$="-type"]')?.value] || "";
    let depth = 1;
    for (let above = place.parentElement?.closest('[data-contentpath="clauses"]'); above; depth += 1) {
      above = above.parentElement?.closest('[data-contentpath="clauses"]');
    }
    return BY_DEPTH[depth] || "";
  }

  function label() {
    for (const button of document.querySelectorAll(".c-sf-add-button:not([data-said])")) {
      const words = document.querySelector("[data-add-words]")?.dataset[whatItAdds(button)];
      button.dataset.said = words || "";
      if (!words) continue;
      button.title = words;
      button.append(Object.assign(document.createElement("span"), { className: "add-button__words", textContent: words }));
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    label();
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        label();
      });
    }).observe(document.querySelector("[data-edit-form]") || document.body, { childList: true, subtree: true });
  });
})();
