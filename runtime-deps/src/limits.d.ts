// Limits of protocol/src/limits.rs, put in by the build (build/limits.mjs), so
// that both languages read one list.

declare const LIMITS: {
  readonly HEARTBEAT_MS: number;
  readonly LOOP_MAX_MS: number;
  readonly CONSOLE_MAX_ARGS: number;
  readonly CONSOLE_MAX_ARG_BYTES: number;
  readonly CONSOLE_MAX_CALL_BYTES: number;
  readonly CONSOLE_MAX_DEPTH: number;
  readonly CONSOLE_MAX_NODES: number;
  readonly ERROR_MAX_BYTES: number;
  readonly NOTHING_RENDERED_MS: number;
  readonly STORAGE_MAX_CHARS: number;
  readonly BRIDGE_MESSAGES_PER_SECOND: number;
  readonly BRIDGE_BURST: number;
  readonly BRIDGE_MAX_MESSAGE_BYTES: number;
  readonly DATA_BATCH_MS: number;
  readonly DATA_MAX_BATCH_BYTES: number;
  readonly DATA_MAX_BATCH_CHANGES: number;
  readonly DATA_MAX_UNACKNOWLEDGED: number;
  readonly DATA_MAX_BYTES: number;
  readonly DATA_MAX_KEY_BYTES: number;
  readonly DATA_MAX_VALUE_BYTES: number;
  readonly DATA_MAX_NAME_CHARS: number;
  readonly DATA_MAX_STORES: number;
  readonly DOCUMENT_MAX_CHARS: number;
  readonly DOCUMENT_MAX_DEPTH: number;
  readonly DOCUMENT_MAX_ID_CHARS: number;
  readonly COLLECTION_MAX_DOCUMENTS: number;
  readonly APP_MAX_COLLECTIONS: number;
};
