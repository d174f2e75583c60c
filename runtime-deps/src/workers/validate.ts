// Checks what a hostile frame sends. Every field is read once, checked, and
// copied into a new object; nothing of the message itself is passed on, merged
// or walked recursively.

import type { BlockedAttempt, Envelope, ErrorKind, FromFrame } from "../frame/messages.ts";
import type { Missing } from "../frame/screenshot.ts";
import { callOf } from "./calls.ts";
import { consoleEntry, stackFrame } from "./lines.ts";
import { readChanges } from "./appdata/changes.ts";
import { blob, count, type Fields, fieldsOf, flag, list, oneOf, plain, Refused, text } from "./fields.ts";

export { Refused };

const MAX_REASON_CHARS = 2_000;
const MAX_NAME_CHARS = 400;
const MAX_DIRECTIVE_CHARS = 40;
const MAX_FRAMES = 50;
const MAX_COMPONENTS = 100;
const MAX_BATCH = 400;

const MISSING: readonly Missing[] = ["frames", "videos", "canvases", "pictures"];
const KINDS: readonly ErrorKind[] = ["load", "render", "uncaught", "event", "promise", "worker", "storage"];

const READERS = new Map<string, readonly [keys: readonly string[], read: (fields: Fields) => FromFrame]>([
  ["booted", [[], () => ({ type: "booted" })]],
  ["heartbeat", [[], () => ({ type: "heartbeat" })]],
  ["unsafe", [["reason"], (fields) => ({ type: "unsafe", reason: text(fields.reason, MAX_REASON_CHARS) })]],
  [
    "ready",
    [
      ["revision", "keptState", "elapsedMs"],
      (fields) => ({
        type: "ready",
        revision: count(fields.revision),
        keptState: flag(fields.keptState),
        elapsedMs: duration(fields.elapsedMs),
      }),
    ],
  ],
  [
    "painted",
    [
      ["revision", "paintMs"],
      (fields) => ({ type: "painted", revision: count(fields.revision), paintMs: duration(fields.paintMs) }),
    ],
  ],
  ["reloadNeeded", [["revision", "reason"], (fields) => withReason("reloadNeeded", fields)]],
  ["nothingRendered", [["revision", "reason"], (fields) => withReason("nothingRendered", fields)]],
  [
    "error",
    [
      ["kind", "message", "stack", "components", "revision"],
      (fields) => ({
        type: "error",
        kind: oneOf(fields.kind, KINDS),
        message: text(fields.message, LIMITS.ERROR_MAX_BYTES),
        stack: list(fields.stack, MAX_FRAMES, stackFrame),
        components: list(fields.components, MAX_COMPONENTS, (name) => text(name, MAX_NAME_CHARS)),
        revision: count(fields.revision),
      }),
    ],
  ],
  [
    "consoleBatch",
    [
      ["entries"],
      (fields) => ({ type: "consoleBatch", entries: list(fields.entries, MAX_BATCH, consoleEntry) }),
    ],
  ],
  [
    "blocked",
    [
      ["attempts"],
      (fields) => ({
        type: "blocked",
        attempts: list(fields.attempts, LIMITS.BLOCKED_MAX_ATTEMPTS, blockedAttempt),
      }),
    ],
  ],
  [
    "request",
    [
      ["id", "call"],
      (fields) => ({ type: "request", id: count(fields.id, 0xffff_ffff), call: callOf(fields.call) }),
    ],
  ],
  [
    "location",
    [
      ["path", "canGoBack", "canGoForward"],
      (fields) => ({
        type: "location",
        path: address(fields.path),
        canGoBack: flag(fields.canGoBack),
        canGoForward: flag(fields.canGoForward),
      }),
    ],
  ],
  [
    "picked",
    [
      ["components", "places"],
      (fields) => ({
        type: "picked",
        components: list(fields.components, LIMITS.PICK_MAX_COMPONENTS, (name) =>
          text(name, LIMITS.PICK_MAX_NAME_CHARS),
        ),
        places: list(fields.places, LIMITS.PICK_MAX_COMPONENTS, stackFrame),
      }),
    ],
  ],
  ["pickEnded", [[], () => ({ type: "pickEnded" })]],
  [
    "captured",
    [
      ["png", "missing"],
      (fields) => ({
        type: "captured",
        png: fields.png === null ? null : blob(fields.png, LIMITS.CAPTURE_MAX_BYTES),
        missing: list(fields.missing, MISSING.length, (what) => oneOf(what, MISSING)),
      }),
    ],
  ],
  [
    "store",
    [
      ["seq", "changes"],
      (fields) => ({ type: "store", seq: count(fields.seq), changes: readChanges(fields.changes) }),
    ],
  ],
  [
    "openCollection",
    [
      ["collection"],
      (fields) => ({
        type: "openCollection",
        collection: text(fields.collection, LIMITS.DATA_MAX_NAME_CHARS),
      }),
    ],
  ],
]);

/** A checked copy. Whether session and seq are right is for the session to say. Throws [`Refused`]. */
export function parseEnvelope(data: unknown): Envelope {
  const fields = fieldsOf(data, ["version", "session", "seq", "message"]);
  if (fields.version !== LIMITS.BRIDGE_VERSION) throw new Refused("a message of another version");
  return {
    version: LIMITS.BRIDGE_VERSION,
    session: count(fields.session),
    seq: count(fields.seq),
    message: parseFrameMessage(fields.message),
  };
}

/** A checked copy of what an envelope holds. Throws [`Refused`]. */
export function parseFrameMessage(data: unknown): FromFrame {
  const type = plain(data).type;
  const reader = typeof type === "string" ? READERS.get(type) : undefined;
  if (!reader) throw new Refused("a message of an unknown type");
  const [keys, read] = reader;
  const message = read(fieldsOf(data, ["type", ...keys]));
  // What is stored has limits of its own, checked while it was read.
  if (message.type !== "store" && weigh(message) > LIMITS.BRIDGE_MAX_MESSAGE_BYTES) {
    throw new Refused(`a message over ${LIMITS.BRIDGE_MAX_MESSAGE_BYTES / 1024} KB`);
  }
  return message;
}

function withReason(type: "reloadNeeded" | "nothingRendered", fields: Fields): FromFrame {
  return { type, revision: count(fields.revision), reason: text(fields.reason, MAX_REASON_CHARS) };
}

/** Path, query and hash, as browsers write them: the studio shows it in its own bar. */
function address(value: unknown): string {
  const path = text(value, LIMITS.APP_PATH_MAX_CHARS);
  if (!/^\/[\x21-\x7e]*$/.test(path)) throw new Refused("a field that should be a path");
  return path;
}

function duration(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw new Refused("a field that should be a duration");
  }
  return value;
}

function blockedAttempt(value: unknown): BlockedAttempt {
  const fields = fieldsOf(value, ["directive", "url", "count"]);
  return {
    directive: text(fields.directive, MAX_DIRECTIVE_CHARS),
    url: text(fields.url, LIMITS.FETCH_MAX_URL_CHARS),
    count: count(fields.count, 0xffff_ffff),
  };
}

/** Size of a checked message: its depth is bounded by what was read. */
function weigh(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  let size = 2;
  for (const [key, part] of Object.entries(value)) size += key.length + 4 + weigh(part);
  return size;
}
