import assert from "node:assert/strict";
import { test } from "node:test";
import { leadToPages, pageAddress } from "../../ctekit/lab/guided/labextensions/ctekit-guided/static/written.js";

test("a written page lies beside its notebook, wherever that is and whatever comes before it on a hub", () => {
  const addresses = [
    ["/", "99-whole-picture.ipynb", "/ctekit/written/pages/index.html"],
    ["/user/ada/", "ours/99-whole-picture.ipynb", "/user/ada/ctekit/written/ours/pages/index.html"],
    ["/", "RTC:north & south/#1/02-purpose.ipynb", "/ctekit/written/north%20%26%20south/%231/pages/index.html"],
  ];
  for (const [base, notebook, address] of addresses) {
    assert.equal(pageAddress(base, notebook, "pages/index.html"), address);
  }
});

test("a link has its address before it is pressed, by whatever reaches it first", () => {
  for (const kind of ["pointerover", "focusin", "click"]) {
    globalThis.document = new EventTarget();
    leadToPages("/user/ada/", () => "02-purpose.ipynb");
    const link = { dataset: { page: "pages/index.html" }, href: "pages/index.html" };
    const inside = new Event(kind);
    Object.defineProperty(inside, "target", { value: { closest: () => link } });
    document.dispatchEvent(inside);
    assert.equal(link.href, "/user/ada/ctekit/written/pages/index.html");
  }
});
