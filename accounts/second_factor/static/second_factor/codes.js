// Copies and prints the recovery codes. Downloading needs no script, so these buttons are shown only where one runs.
const said = document.querySelector("[data-codes-said]");
const codes = document.querySelector("[data-codes]");

const doing = {
  async copy() {
    try {
      await navigator.clipboard.writeText(codes.textContent);
      said.textContent = "Copied. Paste them where you keep your passwords.";
    } catch {
      getSelection().selectAllChildren(codes);
      said.textContent = "Your browser does not let this page copy. The codes are selected: copy them with Ctrl and C.";
    }
  },
  print: () => window.print(),
};

for (const button of document.querySelectorAll("[data-codes-do]")) {
  button.hidden = false;
  button.addEventListener("click", () => doing[button.dataset.codesDo]());
}
