/* Passkeys (WebAuthn). A form with data-passkey asks the device for a signature, puts it in its field `answer`, and is sent. */
(function () {
  "use strict";

  const forms = Array.from(document.querySelectorAll("form[data-passkey]"));
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function asked(form) {
    const answer = await fetch(form.dataset.passkeyAsk, {
      method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(answer.status);
    const wish = (await answer.json()).publicKey;
    wish.challenge = bytes(wish.challenge);
    if (wish.user) wish.user.id = bytes(wish.user.id);
    if (wish.allowCredentials) wish.allowCredentials = known(wish.allowCredentials);
    if (wish.excludeCredentials) wish.excludeCredentials = known(wish.excludeCredentials);
    return wish;
  }

  function told(credential) {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    });
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response, clientExtensionResults: {},
    });
  }

  async function sign(form) {
    const note = form.querySelector("[data-passkey-note]");
    note.hidden = true;
    try {
      const wish = { publicKey: await asked(form) };
      const made = await (form.dataset.passkey === "create" ? navigator.credentials.create(wish) : navigator.credentials.get(wish));
      form.elements.answer.value = told(made);
      form.submit();
    } catch (refused) {
      note.hidden = false;
    }
  }

  forms.forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); sign(form); });
  });
})();
