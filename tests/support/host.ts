import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** A static host as plain as they come: the files of a folder, below an address. */
export class StaticHost {
  /** Addresses that were asked for and aren't there. */
  readonly missing: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(folder: string, base = "/"): Promise<StaticHost> {
    const server = createServer();
    const host = new StaticHost(server);
    server.on("request", async ({ url = "/" }, response) => {
      const { pathname } = new URL(url, "http://host");
      const path = pathname.startsWith(base) ? normalize(pathname.slice(base.length)) : "..";
      try {
        const file = path === "" || path === "." ? "index.html" : path;
        if (file.startsWith("..")) throw new Error("outside of the folder");
        const content = await readFile(join(folder, file));
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(content);
      } catch {
        host.missing.push(url);
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return host;
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
