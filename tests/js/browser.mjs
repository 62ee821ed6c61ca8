// As much of a browser as the modules need in these tests: elements without a page, and a storage. All else is tested in one.

class Element extends EventTarget {
  constructor(tag) {
    super();
    Object.assign(this, { tagName: tag.toUpperCase(), children: [], attributes: {}, value: "", textContent: "" });
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  focus() {
    document.activeElement = this;
  }

  blur() {
    document.activeElement = null;
  }

  select() {}

  click() {}

  remove() {}
}

globalThis.HTMLElement = /** @type {any} */ (Element);
globalThis.document = { createElement: (tag) => new Element(tag), activeElement: null, querySelector: () => null, body: new Element("body") };

/** An empty storage of a browser; `room` is how many characters one text may have. */
export function emptyStorage(room = Infinity) {
  const storage = {};
  const methods = {
    getItem: (key) => storage[key] ?? null,
    removeItem: (key) => void delete storage[key],
    setItem: (key, text) => {
      if (text.length > room) throw new Error("QuotaExceededError");
      storage[key] = text;
    },
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(storage, name, { value });
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  return storage;
}
