// Which cell of a grid has the focus; shared by tables and the matrix.

/** What in a line can have the focus: a cell, or the button in a heading. */
const stopsOf = (line) => [...(line?.cells || [])].map((cell) => (cell.hasAttribute("tabindex") ? cell : cell.querySelector(":scope > [tabindex]"))).filter(Boolean);

/** Arrow keys, Home and End over a grid of cells, with the headings that can be pressed. */
export function moveFocus(event, grid, cell) {
  const line = cell.closest("tr");
  const across = stopsOf(line);
  const at = across.indexOf(cell);
  const heads = [...(grid.tHead?.rows || [])];
  const lines = [...heads, ...grid.tBodies[0].rows];
  const down = lines.indexOf(line);
  const pick = (row, column) => stopsOf(lines[row])[column];
  const all = event.ctrlKey || event.metaKey;
  const next = {
    ArrowLeft: () => across[at - 1],
    ArrowRight: () => across[at + 1],
    ArrowUp: () => pick(down - 1, at),
    ArrowDown: () => pick(down + 1, at),
    Home: () => (all ? pick(heads.length, 0) : across[0]),
    End: () => (all ? pick(lines.length - 1, across.length - 1) : across[across.length - 1]),
  }[event.key];
  if (!next) return false;
  event.preventDefault();
  const target = next();
  if (target) focusCell(grid, target);
  return true;
}

/** Give a cell the grid's one tab stop, and the focus. */
export function focusCell(grid, cell, take = true) {
  grid.querySelectorAll('[tabindex="0"]').forEach((cell) => (cell.tabIndex = -1));
  cell.tabIndex = 0;
  if (take) cell.focus();
}
