// Statistics by Google, on pages of readers who agreed: this file stands on no other page (Consent Mode “basic”).
// Addresses go without their query, cookies are this host's alone and last as the cookies page says.
(() => {
  const { id, program } = document.currentScript.dataset;
  window.dataLayer = window.dataLayer || [];
  function gtag() {
    window.dataLayer.push(arguments);
  }
  gtag("consent", "default", {
    ad_storage: "denied",
    ad_user_data: "denied",
    ad_personalization: "denied",
    analytics_storage: "denied",
  });
  gtag("consent", "update", { analytics_storage: "granted" });
  gtag("js", new Date());
  gtag("config", id, {
    page_location: location.origin + location.pathname,
    page_referrer: "",
    allow_google_signals: false,
    allow_ad_personalization_signals: false,
    cookie_domain: "none",
    cookie_expires: 90 * 24 * 3600,
    cookie_update: false,
    cookie_flags: location.protocol === "https:" ? "SameSite=Lax;Secure" : "SameSite=Lax",
  });
  const script = document.createElement("script");
  script.async = true;
  script.src = `${program}?id=${encodeURIComponent(id)}`;
  document.head.append(script);
})();
