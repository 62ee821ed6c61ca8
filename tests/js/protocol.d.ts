// Made by `python -m tests.protocol` of ctekit/editing/protocol.py. Change that, not this.

/** One answer as it was typed; `base` is what stood there when the person began. */
interface SentEdit {
  uid: string;
  row: string;
  field: string;
  value: any;
  base: any;
  root?: any;
}

/** What a person asks for besides edits: one action by its name, and what it needs. */
interface Act {
  reveal?: boolean;
  sample?: string;
  row?: string;
  view?: Record<string, any>;
  paste?: Record<string, any>;
  layout?: Record<string, any>;
  pasted?: number;
  add?: string;
  move?: string;
  after?: string;
  remove?: string;
  restore?: string;
  duplicate?: string;
  ready_rows?: string;
  history?: boolean;
  compare?: [string, string];
  undo?: boolean;
  redo?: boolean;
  bring?: number;
  bring_all?: string;
}

/** What a view of a worksheet says: a greeting with the revision it knows, edits, or an act, by its name. */
interface FromSheet {
  hello?: number;
  seen?: number;
  edits?: SentEdit[];
  act?: Act;
  view?: string;
  n?: number;
  uid?: string;
}

/** An edit that is on the disk. `private` is a value for the facilitator only. */
interface SavedEdit {
  uid: string;
  row: string;
  field: string;
  value?: any;
  private?: any;
}

/** An edit that was not saved, and why. */
interface RefusedEdit {
  uid: string;
  row: string;
  field: string;
  error: string;
  private: boolean;
}

/** An answer that somebody else changed meanwhile: theirs stands, both are in the history. */
interface Conflict {
  row: string;
  field: string;
  private: boolean;
  title: string;
  mine: any;
  theirs: any;
  mine_words: string;
  theirs_words: string;
  who: string;
  at: string;
}

/** What follows from the answers: names to choose from, why a table is still closed, sentences put together. */
interface Follows {
  refs?: Record<string, any>;
  closed?: Record<string, string>;
  suggestions?: Record<string, string>;
}

/** All answers of a worksheet, by row ("" for none) and field. */
interface State {
  revision: number;
  answers: Record<string, Record<string, any>>;
  rows: Record<string, string[]>;
  refs: Record<string, any>;
  closed: Record<string, string>;
  suggestions: Record<string, string>;
}

/** A line of the history; `bring` is what the button says that brings something back. */
interface Change {
  seq: number;
  when: string;
  who: string;
  words: string;
  bring?: string;
}

/** The first lines of a pasted table under the columns that they would go to, and what can be chosen there. */
interface PlanPreview {
  size: [number, number];
  heading: number;
  heading_words: string[];
  heading_lines: [number, string][];
  columns: string[];
  choices: [string, string][];
  turned: boolean | null;
  alone: number;
  preview: [number, string, string[]][];
  below: number;
}

/** What would be written of a pasted table, and where its columns would go. */
interface Plan {
  size: [number, number];
  heading: number;
  heading_words: string[];
  heading_lines: [number, string][];
  columns: string[];
  choices: [string, string][];
  turned: boolean | null;
  alone: number;
  preview: [number, string, string[]][];
  below: number;
  token: number;
  every_line: boolean;
  notes: string[];
  cells: number;
  words: string;
  ask: string;
  unfit: string;
  misfits: [string, string, string, string][];
  more: number;
}

/** What the kernel says to the views of a worksheet; what concerns one of them alone names it in `view`. */
interface FromKernel {
  hello?: number;
  revision?: number;
  older?: string;
  ask_again?: boolean;
  view?: string;
  state?: State;
  private?: State;
  follows?: Follows;
  saved?: SavedEdit[];
  wrong?: RefusedEdit[];
  conflict?: Conflict[];
  private_conflict?: Conflict[];
  at?: string;
  refused?: string;
  can?: [boolean, boolean];
  reply?: string | null;
  failed?: string;
  words?: string;
  places?: [string, string][];
  row?: string;
  sample?: string;
  shown?: string[];
  history?: Change[];
  days?: [string, string][];
  plan?: Plan;
  gone?: string;
  first?: [string, string];
}

/** What a panel says: a greeting, the button that was pressed, or whether a view of it is on the screen. */
interface FromPanel {
  hello?: boolean;
  seen?: boolean;
  gone?: boolean;
  view?: string;
  n?: number;
  act?: string;
  what?: string;
  value?: string;
  of?: string;
}

/** What the kernel says to a panel: all of its HTML or words for parts of it, words to read out, a page to open. */
interface ToPanel {
  html?: string;
  parts?: Record<string, string>;
  said?: string;
  open?: string;
  held_back?: string;
}
