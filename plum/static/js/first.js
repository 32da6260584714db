// Stands in each page itself (first_script.py): light or dark as the reader chose, before anything is drawn,
// and the script for links to mailboxes, once one of them is touched.
(() => {
  const root = document.documentElement;
  const mailLinks = document.currentScript.dataset.mailLinks;

  function show() {
    const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll(".theme button")) {
      button.setAttribute("aria-pressed", String(button.value === (chosen || "system")));
    }
  }

  for (const touched of ["pointerover", "focusin"]) {
    addEventListener(touched, ({ target }) => target.closest?.("a[href*='/contact/write/']") && import(mailLinks));
  }

  show();
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("pageshow", show); // a page that the browser kept while the choice was changed on another
})();
