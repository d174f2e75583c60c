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
  readonly BRIDGE_VERSION: number;
  readonly BRIDGE_MAX_IN_FLIGHT: number;
  readonly DIALOG_MAX_CHARS: number;
  readonly CLIPBOARD_MAX_CHARS: number;
  readonly DOWNLOAD_MAX_BYTES: number;
  readonly DOWNLOAD_NAME_MAX_CHARS: number;
  readonly FETCH_MAX_REQUEST_BYTES: number;
  readonly FETCH_MAX_RESPONSE_BYTES: number;
  readonly FETCH_MAX_HEADERS: number;
  readonly FETCH_MAX_HEADER_BYTES: number;
  readonly FETCH_MAX_URL_CHARS: number;
};
