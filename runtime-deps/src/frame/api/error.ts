import type { CallErrorCode } from "../messages.ts";

/** Why `SandboxAPI` didn't do what it was asked; `code` is for programs, `message` says the next step. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";

  constructor(
    readonly code: CallErrorCode,
    message: string,
  ) {
    super(message);
  }
}
