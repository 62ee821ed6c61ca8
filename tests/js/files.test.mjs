import assert from "node:assert/strict";
import { test } from "node:test";
import { readFiles } from "../../ctekit/widgets/js/files.js";

/** As a browser's: reads a file's content, or fails where it has gone. */
globalThis.FileReader = /** @type {any} */ (
  class {
    readAsDataURL(file) {
      this.result = `data:;base64,${file.content}`;
      queueMicrotask(() => (file.gone ? this.onerror() : this.onload()));
    }
  }
);

const control = (...files) => /** @type {any} */ ({ files });

test("files go by name and content, also an empty one", async () => {
  const sent = await readFiles(control({ name: "a.json", size: 3, content: "YWJj" }, { name: "b.json", size: 0, content: "" }));
  assert.deepEqual(JSON.parse(sent), [
    { name: "a.json", content: "YWJj" },
    { name: "b.json", content: "" },
  ]);
});

test("what no server would let through is told before it is read", async () => {
  await assert.rejects(readFiles(control({ name: "a", size: 6_000_000 }, { name: "b", size: 1 })), /6,000,001 bytes.*Choose fewer files/);
  await assert.rejects(readFiles(control({ name: "a", size: 6_000_001 })), /6,000,001 bytes.*Choose a smaller one/);
});

test("a file that has gone meanwhile is named", async () => {
  await assert.rejects(readFiles(control({ name: "a.json", size: 1, gone: true })), /a\.json could not be read/);
});
