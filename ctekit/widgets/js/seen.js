// What whoever writes in a box has seen of its answer: a box in use does not show what somebody else saves meanwhile,
// so what is typed there is written upon what the box shows.

import { keyOf } from "./values.js";

export class Seen {
  /** @param {(row: string, field: string) => any} stands the answer as the kernel knows it */
  constructor(stands) {
    this.stands = stands;
    /** @type {Map<string, {base: any, typed: boolean}>} */ this.open = new Map();
  }

  /** Somebody comes to a box, which shows what stands. */
  begin(row, field) {
    this.open.set(keyOf(row, field), { base: this.stands(row, field), typed: false });
  }

  end(row, field) {
    this.open.delete(keyOf(row, field));
  }

  /** What stands now is shown there, or was written or told there. */
  note(row, field) {
    const box = this.open.get(keyOf(row, field));
    if (box) box.base = this.stands(row, field);
  }

  /** Something is typed: what it is written upon. */
  typed(row, field) {
    const box = this.open.get(keyOf(row, field));
    if (!box) return this.stands(row, field);
    box.typed = true;
    return box.base;
  }

  /** Whether something was typed since somebody came there: until then a box can show what others save. */
  isTyped(row, field) {
    return Boolean(this.open.get(keyOf(row, field))?.typed);
  }
}
