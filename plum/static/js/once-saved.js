// What a panel says of the draft is said of the draft as it was opened; once it was saved, other words are true.
document.addEventListener("w-autosave:success", () => {
  for (const words of document.querySelectorAll("[data-as-opened]")) words.hidden = true;
  for (const words of document.querySelectorAll("[data-once-saved]")) words.hidden = false;
});
