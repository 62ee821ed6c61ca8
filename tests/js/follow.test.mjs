import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, mock, test } from "node:test";
import vm from "node:vm";
import { emptyStorage } from "./browser.mjs";

const FOLLOW = readFileSync(new URL("../../ctekit/room/follow.js", import.meta.url), "utf8");
beforeEach(() => emptyStorage());

/** A phone on the page of round 1, whose form has one button; `unsent`: something stands in it. */
function phone({ unsent = false } = {}) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const page = { shown: "form", asks: 0, sent: [], now: 0, button: { disabled: false } };
  const form = {
    dataset: { draft: "token.0", ...(unsent && { unsent: "" }) },
    elements: { form: { value: "token" } },
    querySelector: () => page.button,
  };
  const box = () => ({
    children: [{}, {}],
    querySelectorAll: () => page.choices,
    remove: () => (page.asks -= 1),
  });
  page.choices = [new EventTarget(), new EventTarget()];
  const question = {
    dataset: { left: "{left}" },
    content: { firstElementChild: { cloneNode: box } },
    after: () => (page.asks += 1),
  };
  class EventSource {
    constructor() {
      page.stream = this;
    }

    addEventListener(name, does) {
      page[name] = does;
    }

    close() {
      page.closed = true;
    }
  }
  const script = { src: "http://room/room/follow.js", dataset: { screen: "round-1 open", room: "/room/" } };
  const rest = { children: 3, lastElementChild: { remove: () => (rest.children -= 1) } };
  const main = { replaceChildren: (said) => (page.shown = `over in ${said.children}`) };
  const byId = { "gone-on": question, over: { content: { cloneNode: () => rest } } };
  const found = (selector) => (selector === "main" ? main : form);
  const document = { currentScript: script, getElementById: (id) => byId[id], querySelector: found };
  const location = { replace: () => (page.shown = "room") };
  const { setTimeout, setInterval } = globalThis;
  const fetch = async (url, { body }) => void page.sent.push(`${url} ${body}`);
  const timers = { setTimeout, setInterval, performance: { now: () => page.now } };
  const window = { EventSource, document, location, localStorage, fetch, URL, URLSearchParams, ...timers };
  vm.runInNewContext(FOLLOW, { ...window, window, addEventListener: () => {}, scrollTo: () => {} });
  page.hear = (now) => {
    page.stream.onmessage({ data: JSON.stringify(now) });
    mock.timers.tick(1000);
  };
  return page;
}

test("a phone on which nothing stands goes on with the room", () => {
  const page = phone();
  page.hear({ screen: "round-1 open", late: [] });
  assert.equal(page.shown, "form");
  page.hear({ screen: "round-2 open", late: ["round-1"] });
  assert.equal(page.shown, "room");
});

test("a phone says that the room has ended, and follows and tells nothing after it", () => {
  for (const [unsent, said] of [[true, "over in 3"], [false, "over in 2"]]) {
    const page = phone({ unsent });
    page.over();
    assert.equal(page.shown, said, "what was not sent is spoken of where there is something");
    assert.ok(page.closed);
    mock.timers.tick(200000);
    assert.deepEqual(page.sent, []);
    assert.equal(page.shown, said);
  }
});

test("a phone whose answers are on their way stays until it is told what became of them", () => {
  const page = phone({ unsent: true });
  page.button.disabled = true;
  page.hear({ screen: "round-1 closed", late: [] });
  assert.equal(page.shown, "form");
});

test("a phone asks whether to send only while its round takes that, and no longer", () => {
  const page = phone({ unsent: true });
  page.hear({ screen: "round-2 open", late: ["round-1"] });
  assert.deepEqual([page.shown, page.asks], ["form", 1]);
  page.hear({ screen: "round-1 open", late: [] });
  assert.deepEqual([page.shown, page.asks], ["form", 0], "the facilitator has come back");
  page.hear({ screen: "wait", late: ["round-1"] });
  assert.deepEqual([page.shown, page.asks], ["form", 1]);
  page.hear({ screen: "wait", late: [] });
  assert.equal(page.shown, "room");
});

test("a phone asks nothing where its round was closed or set aside", () => {
  const page = phone({ unsent: true });
  page.hear({ screen: "round-2 open", late: [] });
  assert.deepEqual([page.shown, page.asks], ["room", 0]);
});

test("a phone on which something stands says so again and again, and one on which nothing does says nothing", () => {
  const blank = phone();
  mock.timers.tick(90_000);
  assert.deepEqual(blank.sent, []);
  const amid = phone({ unsent: true });
  mock.timers.tick(90_000);
  assert.deepEqual(amid.sent, Array(2).fill("http://room/room/begun form=token&based_on="));
});

for (const [how, leave] of [
  ["by a press", (page) => page.choices[1].dispatchEvent(new Event("click"))],
  ["when its minute is over", (page) => (page.now += 60_000)],
]) {
  test(`a phone that leaves ${how} says first that it sends nothing more`, async () => {
    const page = phone({ unsent: true });
    page.hear({ screen: "wait", late: ["round-1"] });
    leave(page);
    mock.timers.tick(500);
    assert.deepEqual(page.sent, ["http://room/room/begun form=token&done=1"]);
    for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
    assert.equal(page.shown, "room");
  });
}
