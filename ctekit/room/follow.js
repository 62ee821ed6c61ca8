// Goes on with the room: once another thing is open than this page was made for, the phone shows that.
// Where something stands in its form that was not sent, the phone asks first, for a minute: ctekit/room/late.py.
"use strict";
(function () {
  const script = document.currentScript;
  const { screen, room } = script.dataset;
  const DRAFT = "ctekit-draft" + new URL(".", script.src).pathname;
  const PATIENCE = 60; // seconds
  const AGAIN = 45000; // ms: whoever has left with something on the phone is not waited for, see unsent.py
  const question = document.getElementById("gone-on");
  const over = document.getElementById("over");
  const form = document.querySelector("form[data-not-sent]");
  if (!window.EventSource) return;
  let source = null;
  let asking = null; // what is asked, and when the page goes on by itself
  let ends = 0;

  const goOn = () => location.replace(room);
  const sending = () => form?.querySelector("button").disabled; // whoever sends is told what became of it: send.js

  // Whoever leads is told that this phone does not send it any more, before it goes on: else they wait for it.
  async function leave() {
    asking = null;
    source.close();
    const body = new URLSearchParams({ form: form.elements.form.value, done: "1" });
    const message = fetch(new URL("begun", script.src), { method: "POST", body, credentials: "same-origin" });
    await Promise.race([message.catch(() => {}), new Promise((late) => setTimeout(late, 3000))]);
    goOn();
  }

  // `late`: the rounds that still take it. A slip that is read back is not sent either.
  function canSend(late) {
    return question && late.includes(screen.split(" ")[0]) && ("unsent" in form.dataset || !form.dataset.draft);
  }

  function tick() {
    if (!asking || sending()) return;
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const words = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    asking.children[1].textContent = question.dataset.left.replace("{left}", words);
    if (!left) leave();
  }

  function ask() {
    if (asking) return;
    ends = performance.now() + PATIENCE * 1000;
    asking = question.content.firstElementChild.cloneNode(true);
    const [toSend, toLeave] = asking.querySelectorAll("button");
    toSend.addEventListener("click", () => form.querySelector("button").click()); // also in a Safari before 16
    toLeave.addEventListener("click", () => {
      try {
        localStorage.removeItem(DRAFT);
      } catch (none) { /* this browser keeps nothing */ }
      leave();
    });
    question.after(asking);
    tick();
  }

  // Each phone says again and again that something stands on it: a room that was started anew knows of none.
  function tell() {
    if (!source || !form || sending() || !("unsent" in form.dataset || !form.dataset.draft)) return;
    const { form: token, based_on: basedOn } = form.elements;
    const body = new URLSearchParams({ form: token.value, based_on: basedOn ? basedOn.value : "" });
    fetch(new URL("begun", script.src), { method: "POST", body, credentials: "same-origin" }).catch(() => {});
  }

  // The room is gone, and nobody's pass is worth anything any more: what it would say stands on the page already.
  function end() {
    source.close();
    source = asking = null;
    const said = over.content.cloneNode(true);
    if (!form || !("unsent" in form.dataset || !form.dataset.draft)) said.lastElementChild.remove();
    document.querySelector("main").replaceChildren(said);
    scrollTo(0, 0);
  }

  function follow() {
    source = new EventSource(new URL("now", script.src));
    source.addEventListener("over", end);
    source.onopen = tell;
    source.onmessage = (message) => {
      const { screen: next, late } = JSON.parse(message.data);
      if (next !== screen && sending()) return;
      if (next !== screen && canSend(late)) return void ask();
      if (next !== screen) {
        source.close();
        // Not all phones of a full room in the same instant.
        return void setTimeout(() => sending() || goOn(), Math.random() * 300);
      }
      asking?.remove(); // the facilitator has come back
      asking = null;
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(follow, 3000 + Math.random() * 2000);
    };
  }

  setInterval(tick, 500);
  setInterval(tell, AGAIN);
  follow();
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && goOn()); // back from another page
})();
