// A worksheet that came by mail: the forms of the page, and the way of the answers into a file.

import { make } from "./dom.js";
import { Draft } from "./mailed/draft.js";
import { SaveBar } from "./mailed/save_bar.js";
import { StandIn } from "./mailed/stand_in.js";
import { showSheet } from "./sheet.js";

/** Show the forms in the page; after another file was taken in they are shown anew. */
function showForms(draft, place) {
  const ends = Object.keys(draft.specs).map((slug) => {
    const el = make("div", {});
    place.append(el);
    const end = showSheet({ model: new StandIn(draft, slug), el });
    return () => {
      end();
      el.remove();
    };
  });
  return () => ends.forEach((end) => end());
}

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

function openMailed() {
  const draft = new Draft(JSON.parse(part("mailed").textContent || ""));
  const place = part("forms");
  let close = showForms(draft, place);
  const bar = new SaveBar(draft, () => {
    close();
    close = showForms(draft, place);
  });
  part("saving").append(bar.element);
  part("bar").append(bar.line);
  document.documentElement.classList.add("filling");
}

openMailed();
