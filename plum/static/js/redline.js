// Leads from change to change in a redline: two buttons, and the keys N and P while they are switched on.
const bar = document.querySelector(".change-bar");
if (bar && Number(bar.dataset.changes) > 1) {
  const count = Number(bar.dataset.changes);
  const current = bar.querySelector("[data-current]");
  const keys = bar.querySelector("[data-keys]");

  const place = (number) => document.getElementById(`change_${number}`);

  // The change one is at: the last one that begins above the upper third of the window.
  const here = () => {
    let found = 0;
    for (let number = 1; number <= count; number += 1) {
      const change = place(number);
      if (change && change.checkVisibility() && change.getBoundingClientRect().top < innerHeight / 3) found = number;
    }
    return found;
  };

  const show = (number) => { current.textContent = number; };

  // While the page still moves to a change, that is the one that one is at.
  let going = { to: 0, until: 0 };

  const go = (number) => {
    if (number < 1 || number > count) return;
    const change = place(number);
    change.closest("details")?.setAttribute("open", "");
    going = { to: number, until: performance.now() + 1000 };
    location.hash = change.id;
    change.focus({ preventScroll: true });
    show(number);
  };

  // After a step the address names the change one is at, however far the page could scroll to it.
  const at = () => {
    if (performance.now() < going.until) return going.to;
    const named = Number(location.hash.replace("#change_", ""));
    const change = named && place(named);
    if (!change) return here();
    const { top, bottom } = change.getBoundingClientRect();
    return bottom > 0 && top < innerHeight ? named : here();
  };

  bar.querySelector("[data-previous]").addEventListener("click", () => go(at() - 1));
  bar.querySelector("[data-next]").addEventListener("click", () => go(at() + 1));
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!keys.checked || elsewhere || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (step) go(at() + step);
  });
  addEventListener("scroll", () => requestAnimationFrame(() => show(at())), { passive: true });
  bar.hidden = false;
  show(at());
}

// Paper cannot be unfolded: what is folded is printed open, and folded again after.
const opened = [];
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".redline details:not([open])")) {
    fold.open = true;
    opened.push(fold);
  }
});
addEventListener("afterprint", () => {
  for (const fold of opened.splice(0)) fold.open = false;
});
