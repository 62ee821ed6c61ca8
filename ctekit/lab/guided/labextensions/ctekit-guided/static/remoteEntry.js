// @ts-nocheck: JupyterLab's container, which has no types.
// How JupyterLab finds the modules beside this file. Written by hand: there is no build step.
"use strict";
(function () {
  const modules = new URL("./", document.currentScript.src);
  let scope;

  /** A module of Jupyter's own; a copy would bring tokens that are not Jupyter's. */
  async function share(name) {
    const copies = Object.values(scope[name] ?? {});
    const copy = copies.find(({ from }) => /^@jupyterlab\/application|^@jupyter-notebook\//.test(from)) ?? copies[0];
    return (await copy.get())();
  }

  (window._JUPYTERLAB ??= {})["ctekit-guided"] = {
    init: (shareScope) => { scope = shareScope; },
    get: async () => {
      const { plugins } = await import(new URL("plugins.js", modules));
      const all = await plugins(share);
      return () => ({ __esModule: true, default: all });
    },
  };
})();
