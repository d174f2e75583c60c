import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the scripted model does with the next chat request. */
export interface Script {
  /** Text that it streams, in pieces of `pieceLength` characters. */
  text: string;
  /** Characters a piece. */
  pieceLength?: number;
  /** Pause between pieces, in milliseconds. */
  pauseMs?: number;
  /** Stops in front of this text until `release` is called. */
  holdBefore?: string;
  /** Breaks the connection in front of this text, and refuses what comes after, until `refuseWith` is 0 again. */
  dieBefore?: string;
}

/** Reads a recorded stream of `streams/`. */
export function recorded(name: string): string {
  return readFileSync(new URL(`../streams/${name}.md`, import.meta.url), "utf8");
}

/** The model for small tasks, which are answered apart from the others. */
export const SMALL_MODEL = "scripted-small:latest";

/**
 * A model server that speaks Ollama's API and streams what a test scripted.
 * It can be told to fail in each way that real ones fail.
 */
export class ScriptedProvider {
  /** Bodies of the chat requests so far. */
  readonly requests: unknown[] = [];
  /** How many answers the client ended early. */
  aborted = 0;
  /** Status with which every chat request is refused; 0 answers. */
  refuseWith = 0;
  /** The same for the small model. */
  refuseSmallWith = 0;
  /** Leaves the question what is known of the model without an answer. */
  holdInfo = false;
  /** Whether pages of other origins may ask it, as with OLLAMA_ORIGINS. */
  answersPages = false;
  /** The `authorization` of every request so far, where there was one. */
  readonly keys: string[] = [];
  /** Longest context that it tells for its models. */
  contextTokens = 32_768;
  /** Requests to the small model. */
  readonly smallRequests: unknown[] = [];
  private scripts: Script[] = [];
  private smallTexts: string[] = [];
  private open: (() => void) | undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  static async start(): Promise<ScriptedProvider> {
    const provider = new ScriptedProvider();
    await new Promise<void>((resolve) => provider.server.listen(0, "127.0.0.1", resolve));
    return provider;
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Queues the answer to one chat request. */
  script(script: Script): void {
    this.scripts.push(script);
  }

  /** Queues the answer of the small model, which has nothing to say otherwise. */
  scriptSmall(text: string): void {
    this.smallTexts.push(text);
  }

  /** Drops the answers that nobody asked for. */
  forget(): void {
    this.scripts = [];
    this.smallTexts = [];
  }

  /** Lets a held stream go on. */
  release(): void {
    this.open?.();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    if (this.answersPages) {
      response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
      response.setHeader("access-control-allow-headers", "authorization, content-type");
    }
    if (request.method === "OPTIONS") {
      response.writeHead(this.answersPages ? 204 : 403).end();
      return;
    }
    const key = request.headers.authorization;
    if (key !== undefined) this.keys.push(key);
    if (path === "/api/tags") {
      const models = ["scripted:latest", SMALL_MODEL].map((name) => ({ name, model: name }));
      return json(response, { models });
    }
    if (path === "/api/version") {
      return json(response, { version: "0.0.0-scripted" });
    }
    if (path === "/api/show") {
      if (this.holdInfo) {
        response.on("close", () => {
          this.aborted += 1;
        });
        return;
      }
      return json(response, { model_info: { "general.context_length": this.contextTokens } });
    }
    if (path !== "/api/chat") {
      response.writeHead(404).end();
      return;
    }
    const asked = JSON.parse(await body(request)) as { model: string };
    if (asked.model === SMALL_MODEL) {
      this.smallRequests.push(asked);
      if (this.refuseSmallWith !== 0) {
        response.writeHead(this.refuseSmallWith).end(JSON.stringify({ error: "scripted failure" }));
        return;
      }
      return this.stream({ text: this.smallTexts.shift() ?? "NONE" }, response);
    }
    this.requests.push(asked);
    if (this.refuseWith !== 0) {
      response.writeHead(this.refuseWith).end(JSON.stringify({ error: "scripted failure" }));
      return;
    }
    const script = this.scripts.shift() ?? { text: "There is nothing scripted." };
    await this.stream(script, response);
  }

  private async stream(script: Script, response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    let gone = false;
    response.on("close", () => {
      if (!response.writableFinished) {
        gone = true;
        this.aborted += 1;
        this.open?.();
      }
    });
    const holdAt = script.holdBefore === undefined ? -1 : script.text.indexOf(script.holdBefore);
    if (script.holdBefore !== undefined && holdAt < 0) {
      throw new Error(`the scripted text has no ${JSON.stringify(script.holdBefore)}`);
    }
    const length = script.pieceLength ?? 24;
    const dieAt = script.dieBefore === undefined ? -1 : script.text.indexOf(script.dieBefore);
    for (let at = 0; at < script.text.length && !gone; ) {
      if (dieAt >= 0 && at >= dieAt) {
        this.refuseWith = 503;
        response.destroy();
        return;
      }
      if (at === holdAt) {
        await new Promise<void>((resolve) => {
          this.open = resolve;
        });
        this.open = undefined;
      }
      const end = holdAt > at ? Math.min(at + length, holdAt) : at + length;
      const content = script.text.slice(at, end);
      response.write(`${JSON.stringify({ model: "scripted:latest", message: { role: "assistant", content }, done: false })}\n`);
      at = end;
      await new Promise((resolve) => setTimeout(resolve, script.pauseMs ?? 1));
    }
    if (!gone) {
      const done = { model: "scripted:latest", message: { role: "assistant", content: "" }, done: true, done_reason: "stop", prompt_eval_count: 1200, eval_count: 800 };
      response.end(`${JSON.stringify(done)}\n`);
    }
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}
