// Hearing the kernel, however late a widget begins.

/**
 * What a widget does before it is shown. anywidget hands messages of the kernel on only if the widget has begun within two
 * seconds; on a slow computer it has not, and would hear nothing any more, of saved answers neither. Here it has begun.
 */
export function initialize({ model }) {
  const widget = model.set({}); // Jupyter's own model, of which this is a part
  let kind = widget && Object.getPrototypeOf(widget);
  while (kind && !Object.hasOwn(kind, "_handle_comm_msg")) kind = Object.getPrototypeOf(kind);
  const hear = kind && Object.getPrototypeOf(kind)._handle_comm_msg; // without anywidget's waiting
  if (hear) widget.comm?.on_msg?.(hear.bind(widget));
}
