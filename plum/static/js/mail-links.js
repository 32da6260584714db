// A link to a mailbox leads to a page that opens it by a step; under a person's hand it opens at once. A page fetches
// this once such a link is touched (js/first.js).
const PLACE = /\/contact\/write\/([A-Za-z0-9_-]+)\./;

function mailbox(link) {
  const found = PLACE.exec(link.getAttribute("href"));
  if (!found) return link.getAttribute("href").replace(/^mailto:/, "");
  const letters = atob(found[1].replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
}

function open(event) {
  const link = event.target instanceof Element && event.target.closest("a[href*='/contact/write/']");
  if (link) link.href = `mailto:${mailbox(link)}`;
}
for (const link of document.querySelectorAll("a[href*='/contact/write/']:is(:hover, :active, :focus)")) open({ target: link });
for (const touched of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(touched, open);

for (const button of document.querySelectorAll("[data-copy-mailbox]")) {
  const link = document.querySelector("address.contact a[href*='/contact/write/']");
  button.hidden = !link || !navigator.clipboard;
  button.addEventListener("click", async () => {
    const status = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(mailbox(link).split("?")[0]);
      status.textContent = status.dataset.copied;
    } catch {
      status.textContent = status.dataset.refused;
    }
  });
}
