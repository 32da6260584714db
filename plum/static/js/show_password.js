// A button beside each password shows what was typed. It is hidden again before it is sent, so that no browser keeps it as text.
// Its words stand on the script's own tag.
const { show: SHOW, hide: HIDE, showAloud: SHOW_ALOUD, hideAloud: HIDE_ALOUD } = document.currentScript.dataset;
for (const input of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--secondary show-password";
  button.setAttribute("aria-controls", input.id);

  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? HIDE : SHOW;
    button.setAttribute("aria-label", shown ? HIDE_ALOUD : SHOW_ALOUD);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  window.addEventListener("pageshow", () => show(false));

  const beside = document.createElement("div");
  beside.className = "with-button";
  input.replaceWith(beside);
  beside.append(input, button);
  show(false);
}
