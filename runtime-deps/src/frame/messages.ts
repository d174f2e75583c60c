// What travels over the frame's port, as structured clones. From the frame
// these are the shapes of protocol::preview::Envelope and FromFrame, with two
// differences: console calls travel in batches, so that a chatty app stays
// within the bridge's budget of messages, and a download carries its content.
// The bridge takes the batches apart again, and gives the page an address of
// the content.

import type { Change, KeptDocument, Outcome, StoredDatabase } from "./changes.ts";
import type { Missing } from "./screenshot.ts";

export type ErrorKind = "load" | "render" | "uncaught" | "event" | "promise" | "worker" | "storage";
export type ConsoleLevel = "debug" | "log" | "info" | "warn" | "error";

/** A place in a compiled project module; line and column from 1. */
export interface StackFrame {
  function: string;
  file: string;
  line: number;
  column: number;
}

export type ConsoleForm = "line" | "table" | "group" | "closed_group" | "clear";
export type ValueKind = "string" | "number" | "keyword" | "function" | "object" | "error" | "element";

/** protocol::preview::ConsoleNode */
export interface ConsoleNode {
  kind: ValueKind;
  text: string;
  entries?: [name: string, value: ConsoleNode][];
  isCut?: true;
}

/** A text as it is, or any other value. */
export type ConsoleValue = string | ConsoleNode;

export interface ConsoleEntry {
  level: ConsoleLevel;
  form: ConsoleForm;
  /** Groups that it stands in. */
  indent: number;
  args: ConsoleValue[];
  location: StackFrame | null;
}

export type FromFrame =
  | { type: "booted" }
  | { type: "unsafe"; reason: string }
  | { type: "heartbeat" }
  | { type: "ready"; revision: number; keptState: boolean; elapsedMs: number }
  | { type: "painted"; revision: number; paintMs: number }
  | { type: "reloadNeeded"; revision: number; reason: string }
  | { type: "nothingRendered"; revision: number; reason: string }
  | {
      type: "error";
      kind: ErrorKind;
      message: string;
      stack: StackFrame[];
      components: string[];
      revision: number;
    }
  | { type: "consoleBatch"; entries: ConsoleEntry[] }
  | { type: "blocked"; attempts: BlockedAttempt[] }
  | { type: "request"; id: number; call: Call }
  | { type: "location"; path: string; canGoBack: boolean; canGoForward: boolean }
  | { type: "picked"; components: string[]; places: StackFrame[] }
  | { type: "pickEnded" }
  | { type: "captured"; png: Blob | null; missing: Missing[] }
  | { type: "store"; seq: number; changes: Change[] }
  | { type: "openCollection"; collection: string };

/** protocol::preview::BlockedAttempt */
export interface BlockedAttempt {
  directive: string;
  url: string;
  count: number;
}

/** How each message travels. */
export interface Envelope {
  version: number;
  session: number;
  seq: number;
  message: FromFrame;
}

/** protocol::sandbox::OutsideRequest */
export interface OutsideRequest {
  url: string;
  method: string;
  headers: [string, string][];
  /** Base64. */
  body?: string;
}

/** protocol::sandbox::OutsideResponse */
export interface OutsideResponse {
  url: string;
  status: number;
  headers: [string, string][];
  /** Base64. */
  body: string;
  leftOut?: string[];
}

/** protocol::sandbox::Call, but for the download's content. */
export type Call =
  | { type: "fetch"; request: OutsideRequest }
  | { type: "picture"; url: string }
  | { type: "download"; name: string; content: Blob }
  | { type: "openExternal"; url: string }
  | { type: "alert"; text: string }
  | { type: "confirm"; text: string }
  | { type: "prompt"; text: string; initial: string }
  | { type: "print"; width: number; height: number }
  | { type: "clipboardWrite"; text: string }
  | { type: "clipboardRead" };

export type CallErrorCode =
  | "denied"
  | "too_many"
  | "needs_server"
  | "invalid"
  | "forbidden_address"
  | "rate_limited"
  | "too_large"
  | "unreachable"
  | "unavailable";

/** protocol::sandbox::Answer */
export type Answer =
  | { type: "done" }
  | { type: "flag"; value: boolean }
  | { type: "text"; value: string | null }
  | { type: "response"; response: OutsideResponse }
  | { type: "failed"; code: CallErrorCode; message: string };

export interface Script {
  id: string;
  code: string;
}

export interface ModuleScript extends Script {
  /** Modules that run before it does, in their order. */
  staticImports?: string[];
}

export interface Entry {
  id: string;
  mount: boolean;
  /** What the project's index.html shows besides what its scripts do. */
  page?: Page;
  /** The project's own names in `import.meta.env`. */
  env?: Record<string, string>;
}

export interface Page {
  title: string;
  /** Attributes of the html element. */
  html: Record<string, string>;
  /** Attributes of the body. */
  body: Record<string, string>;
  /** What is in the body. */
  markup: string;
}

/** First message to the frame. */
export interface Init {
  type: "init";
  /** Goes into every message of the frame. */
  session: number;
  /** What the app knows of the person. */
  viewer: string;
  theme: string;
  /** Where the app starts: path, query and hash. */
  path: string;
  /** `localStorage` as last kept. */
  localItems: [string, string][];
  /** `sessionStorage` of this visit. */
  sessionItems: [string, string][];
  env: Record<string, unknown>;
}

/** A build: all modules in the first, changed ones in the later. */
export interface Load {
  type: "load";
  revision: number;
  modules: ModuleScript[];
  removed: string[];
  entry: Entry;
  css: string;
  /** Dependency files that the frame lacks, in loading order. */
  dependencies: Script[];
  /** The app's IndexedDB, with the first load that needs it; its engine is the first dependency. */
  databases?: Databases;
}

export interface Databases {
  /** Id of the engine's file among the dependencies. */
  engine: string;
  databases: StoredDatabase[];
  /** What all databases and collections take. */
  bytes: number;
}

/** What became of a batch of changes. */
export type Stored = { type: "stored"; seq: number } & Outcome;

/** What is in a collection, once for each `openCollection`. */
export interface CollectionContent {
  type: "collection";
  collection: string;
  documents: KeptDocument[];
}

/** What the same app changed in another tab. */
export interface ElsewhereChanged {
  type: "elsewhere";
  changes: Change[];
  documents: Outcome["documents"];
}

/** What became of a request. */
export interface Answered {
  type: "answer";
  id: number;
  answer: Answer;
}

/** To an address of the app, as the person wrote it. */
export interface Navigate {
  type: "navigate";
  to: string;
}

/** Back or forward in the app's own history. */
export interface Traverse {
  type: "traverse";
  delta: number;
}

/** Lets the person pick an element, or ends that. */
export interface Pick {
  type: "pick";
  active: boolean;
  /** The project's files: an element written elsewhere stands for the one that it is in. */
  files: string[];
}

/** Asks for a picture of what the app shows. */
export interface TakePicture {
  type: "capture";
}

export type ToFrame =
  | Init
  | Load
  | Answered
  | Stored
  | CollectionContent
  | ElsewhereChanged
  | Navigate
  | Traverse
  | Pick
  | TakePicture;

export type Send = (message: FromFrame) => void;
