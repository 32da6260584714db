// Light or dark as the reader chose, before anything is drawn. Loaded without `defer` on purpose: nothing flashes.
(() => {
  const root = document.documentElement;

  function show() {
    const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll(".theme button")) {
      button.setAttribute("aria-pressed", String(button.value === (chosen || "system")));
    }
  }

  show();
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("pageshow", show); // a page that the browser kept while the choice was changed on another
})();
