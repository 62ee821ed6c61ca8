// An extension for JupyterLab 4 and Notebook 7, written by hand: there is no build step. On a later day, when the kernel of
// a saved notebook is gone, Jupyter says "Error displaying widget: model not found" in the place of every widget. What it
// stood for lies in the file beside it, as HTML: where that is ours, it is shown.
"use strict";
(function () {
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const OURS = 'class="ctekit-last"';
  let scope;

  /** A module of Jupyter's own; a copy would bring tokens that are not Jupyter's. */
  async function shared(name) {
    const copies = Object.values(scope[name]);
    const copy = copies.find(({ from }) => /^@jupyterlab\/application|^@jupyter-notebook\//.test(from)) ?? copies[0];
    return (await copy.get())();
  }

  function showLastView(rendermime, renderer) {
    const renderModel = renderer.renderModel;
    renderer.renderModel = async (model) => {
      await renderModel.call(renderer, model);
      const failed = renderer.hasClass("jupyter-widgets") && !renderer.widgets.length; // a widget that is shown is inside
      if (!failed || !String(model.data["text/html"]).includes(OURS)) return;
      const view = rendermime.createRenderer("text/html");
      await view.renderModel(model);
      renderer.node.textContent = "";
      renderer.removeClass("jupyter-widgets");
      renderer.addWidget(view);
    };
  }

  function watch(panel) {
    const { rendermime } = panel.content;
    const createRenderer = rendermime.createRenderer;
    rendermime.createRenderer = (kind) => {
      const renderer = createRenderer.call(rendermime, kind);
      if (kind === WIDGET) showLastView(rendermime, renderer);
      return renderer;
    };
  }

  async function extension() {
    const { INotebookTracker } = await shared("@jupyterlab/notebook");
    const activate = (app, tracker) => {
      tracker.forEach(watch);
      tracker.widgetAdded.connect((_, panel) => watch(panel));
    };
    return { id: "ctekit:last-view", autoStart: true, requires: [INotebookTracker], activate };
  }

  (window._JUPYTERLAB ??= {}).ctekit = {
    init: (shareScope) => { scope = shareScope; },
    get: async () => {
      const plugin = await extension();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
