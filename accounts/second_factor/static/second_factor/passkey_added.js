// After the browser has made a passkey, django-otp-webauthn's script says so; the page goes on to name it.
document.addEventListener("otp_webauthn.register_complete", (event) => {
  const { named } = document.querySelector("[data-named]").dataset;
  location.assign(named.replace("/0/", `/${event.detail.id}/`));
});
