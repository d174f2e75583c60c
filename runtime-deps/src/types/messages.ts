// What the page and the types worker say to each other, as JSON text both ways.
// Offsets count UTF-16 code units from 0; lines and columns count from 1.

/** Text by project path; null deletes. */
export type Changes = Record<string, string | null>;

/** Something to be found out about the project. */
export type Question =
  | { kind: "complete"; path: string; offset: number }
  | { kind: "detail"; path: string; offset: number; name: string; source?: string; data?: unknown }
  | { kind: "hover"; path: string; offset: number }
  | { kind: "check"; path: string }
  | { kind: "checkAll" };

export interface Completion {
  name: string;
  /** A kind as CodeMirror draws them. */
  type: string;
  /** Where the text that it takes the place of begins, when not where the others' do. */
  from?: number;
  /** Text to be put in, when it isn't the name. */
  insert?: string;
  /** Smaller comes first. */
  sort: string;
  /** The module that it is to be imported from, as the import will name it. */
  module?: string;
  /** What TypeScript wants to have back in a `detail` question. */
  source?: string;
  data?: unknown;
}

export interface Completions {
  /** Where the word begins that is being completed. */
  from: number;
  list: Completion[];
  /** Whether there were more than are listed. */
  isCut: boolean;
}

export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** What is known of a name: its type, its comment, and what putting it in changes elsewhere in the file. */
export interface Detail {
  signature: string;
  docs: string;
  edits: Edit[];
}

export interface Hover {
  from: number;
  to: number;
  signature: string;
  docs: string;
}

/** A type error; the end is exclusive. */
export interface Finding {
  path: string;
  /** TypeScript's number: 2322. */
  code: number;
  message: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface Answers {
  complete: Completions | null;
  detail: Detail | null;
  hover: Hover | null;
  check: Finding[];
  checkAll: Finding[];
}

export type ToTypes =
  | { type: "start"; indexUrl: string }
  /** Files of the project changed. */
  | { type: "files"; changes: Changes }
  /** Files that stand in for those which the project lacks: the ready kit's. They take the place of earlier ones. */
  | { type: "extraFiles"; files: Record<string, string> }
  /** Another project comes next. */
  | { type: "reset" }
  | { type: "ask"; request: number; question: Question }
  | { type: "cancel"; request: number };

export type FromTypes =
  /** TypeScript and its own declarations are there. */
  | { type: "ready"; elapsedMs: number }
  | { type: "answer"; request: number; answer: Answers[keyof Answers] }
  /** A newer question took its place, or it was cancelled. */
  | { type: "dropped"; request: number }
  /** TypeScript threw; other questions may do better. */
  | { type: "refused"; request: number; message: string }
  /** The worker can't go on. */
  | { type: "failed"; message: string };
