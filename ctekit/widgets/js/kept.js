// What was typed and is not saved yet, as this browser keeps it: by worksheet, by the place of the partnership's file, by view.

import { isText, newId } from "./values.js";

/** The edits in a text that was kept. What has no such shape becomes an edit without a place, whose words can be copied. */
function editsIn(text) {
  let entries = text;
  try {
    entries = JSON.parse(text);
  } catch {
    // No JSON: cut short, or of another program. Its words are shown.
  }
  return [entries].flat().filter((entry) => entry !== null && entry !== "").map((entry) => {
    const { uid, row, field, value = null, base = null, root = base } = Object(entry);
    if (isText(row) && isText(field)) return { uid: isText(uid) && uid ? uid : newId(), row, field, value, base, root };
    return { uid: newId(), row: "", field: "", value: isText(entry) ? entry : JSON.stringify(entry), base: null, root: null };
  });
}

/** The unsaved text of one view of a worksheet in this browser. */
export class Kept {
  /**
   * @param {{partnership: string, slug: string, home: string}} spec `home` tells copies of a partnership apart
   * @param {string} view
   * @param {() => boolean} mayKeep whether anything may be kept in this browser
   */
  constructor({ partnership, slug, home }, view, mayKeep = () => true) {
    this.mayKeep = mayKeep;
    this.sheet = `ctekit ${partnership} ${slug} `;
    this.here = `${this.sheet}@${home} `;
    this.newest = `ctekit-revision ${partnership} @${home}`;
    this.own = this.here + view; // views that are open side by side must not clear each other's
    this.isWhole = true; // whether this browser keeps all that was put here last
  }

  /** What earlier visits could not save; it is this one's from now on. A visit still open puts back what it still has. */
  take() {
    const entries = this.entries().filter(([key]) => key.startsWith(this.here) || !key.startsWith(`${this.sheet}@`)); // before there was a home
    for (const [key] of entries) localStorage.removeItem(key);
    return entries.flatMap(([, text]) => editsIn(text));
  }

  /** What was typed into another copy of this partnership: never sent by itself. */
  elsewhere() {
    const entries = this.entries().filter(([key]) => key.startsWith(`${this.sheet}@`) && !key.startsWith(this.here));
    return entries.flatMap(([key, text]) => editsIn(text).map((edit) => ({ key, edit })));
  }

  /** Forget one edit of another copy. */
  drop(key, uid) {
    this.write(key, editsIn(localStorage.getItem(key) ?? "").filter((edit) => edit.uid !== uid));
  }

  /** The newest revision of the partnership's file that this browser has known. */
  get revision() {
    try {
      return Number(localStorage.getItem(this.newest)) || 0;
    } catch {
      return 0;
    }
  }

  set revision(number) {
    if (!this.mayKeep()) return;
    try {
      localStorage.setItem(this.newest, String(number));
    } catch {
      // A browser that keeps nothing cannot tell an older copy.
    }
  }

  put(typed) {
    const edits = this.mayKeep() ? typed : [];
    this.isWhole = this.write(this.own, edits) && edits === typed;
    // Where all is too much for the browser, one long text must not keep the others out.
    if (!this.isWhole) this.write(this.own, edits.filter((edit) => JSON.stringify(edit).length < 10000));
  }

  entries() {
    try {
      return Object.entries(localStorage).filter(([key]) => key.startsWith(this.sheet) && key !== this.own);
    } catch {
      return []; // a browser that keeps nothing
    }
  }

  write(key, edits) {
    try {
      if (edits.length) localStorage.setItem(key, JSON.stringify(edits));
      else localStorage.removeItem(key);
      return true;
    } catch {
      return false; // a private window, or full: the edit is still on its way to the kernel
    }
  }
}
