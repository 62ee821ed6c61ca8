// HTML put in the place of HTML while somebody reads or fills it: what was open, typed and in focus stays so.

/** What an element is known by when it is drawn anew: its id, or its words and how many with the same stood before it. */
function placesOf(root, selector) {
  const count = new Map();
  const places = new Map();
  for (const element of root.querySelectorAll(selector)) {
    const words = element.id || `${element.tagName} ${(element.querySelector("summary") || element).textContent.replace(/\d+/g, "")}`;
    count.set(words, (count.get(words) || 0) + 1);
    places.set(`${words} ${count.get(words)}`, element);
  }
  return places;
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/**
 * @param {HTMLElement} body
 * @param {string} html made and escaped by ctekit.views; no word in it is a stranger's
 * @param {boolean} keep whether what is typed in a form stays, and what is ticked to be kept, because nobody pressed anything
 */
export function redraw(body, html, keep) {
  const open = [...placesOf(body, "details")].filter(([, details]) => details.open).map(([place]) => place);
  const typed = [...placesOf(body, "textarea[id], select[id], input[id]:not([type=radio], [type=checkbox], [type=file])")].map(([place, field]) => [place, field.value]);
  const ticked = keep ? [...placesOf(body, "input[data-keep]:checked").keys()] : [];
  const focused = body.contains(document.activeElement) && [...placesOf(body, FOCUSABLE)].find(([, element]) => element === document.activeElement)?.[0];
  body.innerHTML = html;
  const details = placesOf(body, "details");
  for (const place of open) details.get(place)?.setAttribute("open", "");
  const fields = keep ? placesOf(body, "textarea, select, input") : new Map();
  for (const [place, value] of typed) if (fields.has(place)) fields.get(place).value = value;
  const boxes = placesOf(body, "input[data-keep]");
  for (const place of ticked) boxes.get(place)?.setAttribute("checked", "");
  return focused ? placesOf(body, FOCUSABLE).get(focused) : null;
}
