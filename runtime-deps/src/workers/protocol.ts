// TypeScript's view of preview, data and worker in protocol/src.
// Between the page and both workers every message is JSON text of these
// shapes; `connect` alone carries something more, the transferred port.

import type { Answer, Call, ConsoleEntry, Entry, FromFrame, ModuleScript } from "../frame/messages.ts";
import type { Missing } from "../frame/screenshot.ts";

export type ToBridge =
  | {
      type: "connect";
      session: number;
      /** Id of the app: what the port's frame keeps belongs to it. */
      app: string;
      depsUrl: string;
      theme: string;
      viewer: string;
      /** Where the app starts. */
      path: string;
    }
  | {
      type: "load";
      session: number;
      revision: number;
      modules: ModuleScript[];
      removed: string[];
      entry: Entry;
      css: string;
      dependencyFiles: NeededFile[];
    }
  | { type: "answer"; session: number; id: number; answer: Answer }
  | { type: "navigate"; session: number; to: string }
  | { type: "traverse"; session: number; delta: number }
  | { type: "pick"; session: number; active: boolean; files: string[] }
  | { type: "capture"; session: number }
  | { type: "disconnect" }
  | { type: "readData"; request: number; app: string }
  | { type: "exportData"; request: number; app: string }
  | { type: "clearData"; request: number; app: string }
  | { type: "restoreData"; request: number; app: string }
  | { type: "forgetData"; app: string }
  | { type: "readUnsent"; app: string }
  | { type: "merge"; app: string; answer: Exchanged };

/** A file below the folder of dependency files. */
export interface NeededFile {
  file: string;
  integrity: string;
}

/** A call as the page gets it: a download's content by its address. */
export type PageCall =
  | Exclude<Call, { type: "download" }>
  | { type: "download"; name: string; size: number; url: string };

/** A frame's message as the page gets it: console calls one by one. */
export type FrameMessage =
  | Exclude<FromFrame, { type: "captured" | "consoleBatch" | "store" | "openCollection" | "request" }>
  | { type: "request"; id: number; call: PageCall }
  | { type: "captured"; url: string | null; missing: Missing[] }
  | ({ type: "console" } & ConsoleEntry);

export type FromBridge =
  | { type: "fetching"; session: number; loaded: number; total: number }
  | { type: "dependencyFailed"; session: number; file: string; message: string }
  | { type: "frame"; session: number; message: FrameMessage }
  | { type: "silent"; session: number; silentMs: number }
  | { type: "expelled"; session: number; reason: string }
  | { type: "data"; request: number; summary: DataSummary }
  | { type: "dataExported"; request: number; text: string }
  | { type: "dataDone"; request: number }
  | { type: "dataFailed"; request: number; reason: string }
  | { type: "documentsChanged"; app: string }
  | { type: "unsent"; app: string; exchange: Exchange }
  | { type: "merged"; app: string; again: boolean }
  | { type: "mergeFailed"; app: string; reason: string };

// Of protocol/src/data.rs.

export interface DocumentVersion {
  collection: string;
  id: string;
  revision: number;
  text: string | null;
}

export interface Exchange {
  epoch: number;
  since: number;
  changes: DocumentVersion[];
}

export type DocumentRevision = Omit<DocumentVersion, "text">;

export interface Exchanged {
  epoch: number;
  since: number;
  documents: DocumentVersion[];
  taken: DocumentRevision[];
  refused: DocumentRevision[];
  more: boolean;
}

/** What an app keeps, in names and numbers. */
export interface DataSummary {
  items: { name: string; bytes: number }[];
  databases: { name: string; stores: DataTable[] }[];
  collections: DataTable[];
  /** Documents that the server lacks. */
  unsent: number;
}

export interface DataTable {
  name: string;
  count: number;
  bytes: number;
}

export interface Position {
  file: string;
  line: number;
  column: number;
}

export interface Module {
  id: string;
  code: string;
  imports: string[];
  staticImports?: string[];
}

export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  file: string;
  message: string;
  help?: string;
}

/** What the worker reads of protocol::bundle::BuildOutput; the rest passes through. */
export interface BuildOutput {
  modules: Module[];
  removed: string[];
  entry?: Entry | null;
  css: string;
  dependencyFiles: NeededFile[];
  diagnostics: Diagnostic[];
}

export type ToBundler =
  | { type: "start"; glueUrl: string; wasmUrl: string; manifestUrl: string; tailwindUrl: string }
  | { type: "reset" }
  | { type: "build"; revision: number; changes: Record<string, string | null> }
  | { type: "resolvePositions"; request: number; positions: Position[] }
  | { type: "readKit"; request: number; paths: string[] };

export type FromBundler =
  | { type: "ready"; elapsedMs: number }
  | { type: "built"; revision: number; elapsedUs: number; tailwindUs: number; output: BuildOutput }
  | { type: "fetching"; revision: number }
  | { type: "positions"; request: number; positions: unknown[] }
  | { type: "kit"; request: number; files: Record<string, string> }
  | { type: "failed"; message: string };
