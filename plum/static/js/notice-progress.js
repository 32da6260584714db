// Shows how far a notice is without reloading the page: asks every few seconds, not while the page is hidden, and not
// once it is over. What can be done depends on the state, so another state reloads the whole page.
(() => {
  const EVERY = 3000;
  const place = document.querySelector("[data-notice-progress]");
  if (!place) return;
  const shown = () => place.querySelector("[data-state]");

  async function look() {
    if (document.hidden) return again();
    let answer;
    try {
      answer = await fetch(place.dataset.noticeProgress, { redirect: "manual" });
    } catch {
      return again(); // no network: the next time, perhaps
    }
    if (answer.status >= 500) return again();
    if (!answer.ok) return location.reload(); // signed out, or no longer allowed
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]");
    if (!part) return undefined;
    if (part.dataset.state !== shown().dataset.state) return location.reload();
    shown().replaceWith(part);
    return "final" in part.dataset ? undefined : again();
  }

  function again() {
    setTimeout(look, EVERY);
  }

  if (!("final" in shown().dataset)) again();
})();
