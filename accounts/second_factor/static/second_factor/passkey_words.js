// What django-otp-webauthn's scripts say, in this site's words. They look each sentence up with gettext().
(() => {
  const again = "Try again, or use another way.";
  const words = {
    "Registering...": "Waiting for your passkey …",
    "Finishing registration...": "Saving your passkey …",
    "Registration successful!": "Your passkey is added.",
    "Registration aborted.": "Nothing was added: you stopped it.",
    "Registration aborted or not allowed.": "Nothing was added: you stopped it, or your browser did not allow it.",
    "Registration failed. You most likely already have a Passkey registered for this site.": "Nothing was added: this device holds a passkey of yours already.",
    "Registration failed. A technical problem occurred that prevents you from registering a Passkey for this site.": "Nothing was added: your browser knows no passkeys at this address.",
    "Registration failed. An unknown error occurred.": `Nothing was added. ${again}`,
    "Registration failed. Unable to fetch registration options from server.": "Nothing was added: our server did not answer. Reload the page and try again.",
    "Registration failed. The server was unable to verify this passkey.": `Nothing was added: this passkey was not accepted. ${again}`,
    "Registration failed. A server error occurred.": "Nothing was added: our server made a mistake. Reload the page and try again.",
    "An error occurred during registration.": `Nothing was added. ${again}`,
    "Verifying...": "Waiting for your passkey …",
    "Finishing verification...": "Checking your passkey …",
    "Verification successful!": "Your passkey was accepted.",
    "Verification aborted.": "Your passkey was not used: you stopped it.",
    "Verification canceled or not allowed.": "Your passkey was not used: you stopped it, it took too long, or there is none for this site on this device.",
    "Verification failed. An unknown error occurred.": `Your passkey was not used. ${again}`,
    "Verification failed. Could not retrieve parameters from the server.": "Our server did not answer, or your sign-in has ended. Reload the page and try again.",
    "Verification failed. An unknown server error occurred.": "Our server made a mistake. Reload the page and try again.",
    "An error occurred during verification.": `Your passkey was not used. ${again}`,
  };
  window.gettext = (text) => words[text] ?? text;
})();
