import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { required } from "./environment";

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

/** One block of the header rules. */
interface Rule {
  address: RegExp;
  removed: string[];
  set: [string, string][];
}

/**
 * A host as a CDN is one: the files of the site, `index.html` for addresses that
 * are no file's, and the rules of the site's own `_headers`; no Cumulet server.
 */
export class FileHost {
  private constructor(
    private readonly server: Server,
    private readonly rules: Rule[],
  ) {}

  static async start(): Promise<FileHost> {
    const folder = required("CUMULET_SITE");
    const rules = read(await readFile(join(folder, "_headers"), "utf8"));
    const server = createServer();
    const host = new FileHost(server, rules);
    server.on("request", async ({ url = "/", method }, response) => {
      const { pathname } = new URL(url, "http://host");
      if (method !== "GET" && method !== "HEAD") {
        response.writeHead(405).end();
        return;
      }
      const path = normalize(pathname).replace(/^\/+/, "");
      const file = extname(path) === "" || path.startsWith("..") ? "index.html" : path;
      for (const [name, value] of host.headers(pathname)) response.setHeader(name, value);
      try {
        const content = await readFile(join(folder, file));
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(content);
      } catch {
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

  /** Headers of an address: every rule that matches it, in turn. */
  headers(address: string): Map<string, string> {
    const headers = new Map<string, string>();
    for (const rule of this.rules.filter((rule) => rule.address.test(address))) {
      for (const name of rule.removed) headers.delete(name);
      for (const [name, value] of rule.set) headers.set(name, value);
    }
    return headers;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Reads header rules as Cloudflare Pages and Netlify do. */
function read(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
    const last = rules.at(-1);
    if (!line.startsWith(" ")) {
      const pattern = line.trim().replace(/[.?+^$()[\]{}|\\]/g, "\\$&").replaceAll("*", ".*");
      rules.push({ address: new RegExp(`^${pattern}$`), removed: [], set: [] });
    } else if (line.trim().startsWith("! ")) {
      last?.removed.push(line.trim().slice(2).toLowerCase());
    } else {
      const colon = line.indexOf(":");
      last?.set.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
    }
  }
  return rules;
}
