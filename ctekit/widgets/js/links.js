// Links from one notebook to another, opened as JupyterLab opens those in its own prose: in the window that is there.

const NOTEBOOK = /^([\w.-]+\.ipynb)(?:#(.*))?$/;

/**
 * Let JupyterLab and Notebook open the links of an element. Elsewhere, as in an app, they stay what they are.
 * @param {HTMLElement} root
 * @param {any} model the widget's model
 */
export function openInJupyter(root, model) {
  const here = model.widget_manager?.context?.path; // the notebook's place, as the server calls it
  if (!here) return;
  const folder = here.slice(0, here.lastIndexOf("/") + 1);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("a[href]"))) {
    const [, file, id] = link.getAttribute("href")?.match(NOTEBOOK) || [];
    if (!file) continue;
    link.dataset.commandlinkerCommand = "rendermime:handle-local-link";
    link.dataset.commandlinkerArgs = JSON.stringify({ path: folder + file, id: id ? `#${id}` : "" });
  }
}
