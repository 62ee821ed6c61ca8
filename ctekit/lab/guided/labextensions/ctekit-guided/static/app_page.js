// A page of the app, which has no JupyterLab: the steps beside it, and a sign until all that its cells show is there.

import { Outline, follow, pause } from "./outline.js";
import { leadToPages } from "./written.js";

const PATIENCE = 30_000; // ms for the widgets, after the last cell has run
const UNREAD = 'script[type="application/vnd.voila.cell-output+json"]';
const WIDE = matchMedia("(min-width: 60.01rem)");

const voila = document.body.dataset.baseUrl ?? "/voila/";
const root = voila.replace(/voila\/$/, "");
const notebook = decodeURIComponent(location.pathname.slice(`${voila}render/`.length)); // below the partnership's folder

showSteps();
showPage();
leadToPages(root, () => notebook);

function showSteps() {
  const details = find("header details");
  const summary = find("header summary");
  const outline = new Outline((step) => `${voila}render/${encodeURIComponent(step.notebook)}`, `${root}ctekit/wall`);
  outline.mark(notebook);
  const name = document.createElement("p");
  name.className = "ctekit-name";
  details.append(name, outline.node);
  const unfold = () => { details.open = WIDE.matches; };
  WIDE.addEventListener("change", unfold);
  unfold();
  follow(ask, (news) => {
    name.textContent = news.name || "A partnership without a name yet";
    outline.show(news);
    const here = outline.links.get(notebook);
    const title = here?.querySelector(".ctekit-title").textContent;
    summary.textContent = title ? `Steps. You are at ${title}: ${here.querySelector(".ctekit-words").textContent}` : "Steps";
  });
}

async function ask(mark) {
  const answer = await fetch(`${root}ctekit/steps?since=${encodeURIComponent(mark)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function showPage() {
  while (document.readyState === "loading") await pause(50); // Voila sends each cell as it has run
  const sign = find(".app-sign");
  sign.textContent = "Opening the worksheet …";
  const until = performance.now() + PATIENCE;
  while (!isThere() && performance.now() < until) await pause(50);
  if (!isThere()) sign.textContent = "Part of this page did not open. Load the page again.";
  find(".app-page").dataset.app = isThere() ? "ready" : "failed";
  document.title = document.querySelector("main h1")?.firstChild?.textContent ?? document.title;
  if (document.activeElement === document.body) find("main").focus({ preventScroll: true }); // so that keys scroll it
  addEventListener("hashchange", go);
  requestAnimationFrame(go);
}

/** Whether Voila has given every output its place, and every widget in them has drawn itself. */
function isThere() {
  const outputs = [...document.querySelectorAll(".app-cells .jp-OutputArea-output.lm-Panel")];
  return !document.querySelector(UNREAD) && outputs.every((output) => output.querySelector(":scope > .lm-Widget > *"));
}

/** A link such as 02-purpose.ipynb#purpose-clause-1 names an answer; an exported page has that place, a form its worksheet. */
function go() {
  if (!location.hash) return;
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  (named ?? document.getElementById("cell-id=worksheet"))?.scrollIntoView();
}

/** @returns {any} */
function find(selector) {
  return document.querySelector(selector);
}
