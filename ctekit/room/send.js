// Sends the answers again and again until the room says that they are kept. Without script the form sends itself.
"use strict";
(function () {
  const DRAFT = "ctekit-draft" + new URL(".", document.currentScript.src).pathname;
  const form = document.querySelector("form[data-not-sent]");
  const state = document.getElementById("state");
  const button = form.querySelector("button");
  if (!window.fetch || !window.AbortController) return;

  function attempt(body) {
    const patience = new AbortController();
    const late = setTimeout(() => patience.abort(), 8000);
    return fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: patience.signal })
      .finally(() => clearTimeout(late));
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const body = new URLSearchParams(new FormData(form));
    button.disabled = true;
    button.textContent = form.dataset.sending;
    for (let wait = 700; ; wait = Math.min(wait * 1.5, 6000)) {
      try {
        const answer = await attempt(body);
        if (!form.isConnected) return; // the room has ended meanwhile: follow.js
        if (answer.redirected) {
          try {
            localStorage.removeItem(DRAFT); // sent, even if the thanks are never seen
          } catch (none) { /* this browser keeps nothing */ }
          return void location.assign(answer.url);
        }
        // What people have to mend is shown by the room itself; sent twice it counts once. 404: no room is there now.
        if (answer.status < 500 && ![404, 429].includes(answer.status)) return void form.submit();
      } catch (unreachable) { /* the room is away: told below, tried again */ }
      if (!form.isConnected) return;
      if (state.textContent !== form.dataset.notSent) {
        state.textContent = form.dataset.notSent;
        state.scrollIntoView({ block: "nearest" });
      }
      await new Promise((again) => setTimeout(again, wait + Math.random() * 500));
    }
  });
})();
