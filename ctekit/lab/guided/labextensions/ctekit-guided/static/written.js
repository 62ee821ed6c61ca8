// Links to pages that a notebook wrote into its folder. They are hidden where no script of ours knows their address.

/**
 * Lead such links to where the server gives the pages (ctekit/lab/handlers.py); also below a hub's address, and by the cookie of its login.
 *
 * @param {string} base The server's.
 * @param {(link: Element) => string} notebookOf The path of the notebook in which a link stands.
 */
export function leadToPages(base, notebookOf) {
  const lead = (event) => {
    const link = event.target.closest?.("a.ctekit-written");
    if (link) link.href = pageAddress(base, notebookOf(link), link.dataset.page);
  };
  // Speech and switches press a link that neither a pointer nor the focus was on.
  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, lead);
}

/** The address of a page in a folder beside a notebook. */
export function pageAddress(base, notebook, page) {
  const folder = notebook.replace(/^\w+:/, "").split("/").slice(0, -1); // without the name of a drive
  return `${base}ctekit/written/${[...folder, ...page.split("/")].filter(Boolean).map(encodeURIComponent).join("/")}`;
}
