import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** A host of the files of a folder. */
export abstract class FolderHost {
  private readonly server = createServer((request, response) => void this.answer(request, response));

  protected constructor(private readonly folder: string) {}

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  protected abstract answer(request: IncomingMessage, response: ServerResponse): Promise<void>;

  protected async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** Answers with a file of the folder, or 404; whether it is there. */
  protected async send(file: string, response: ServerResponse): Promise<boolean> {
    try {
      const content = await readFile(join(this.folder, file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(content);
      return true;
    } catch {
      response.writeHead(404).end();
      return false;
    }
  }
}

/** A static host as plain as they come: the files of a folder, below an address. */
export class StaticHost extends FolderHost {
  /** Addresses that were asked for and aren't there. */
  readonly missing: string[] = [];

  private constructor(
    folder: string,
    private readonly base: string,
  ) {
    super(folder);
  }

  static start(folder: string, base = "/"): Promise<StaticHost> {
    return new StaticHost(folder, base).listen();
  }

  protected async answer({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(url, "http://host");
    const path = pathname.startsWith(this.base) ? normalize(pathname.slice(this.base.length)) : "..";
    const isOutside = path.startsWith("..");
    const isThere = !isOutside && (await this.send(path === "" || path === "." ? "index.html" : path, response));
    if (isThere) return;
    this.missing.push(url);
    if (isOutside) response.writeHead(404).end();
  }
}
