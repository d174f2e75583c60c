// @ts-check
/**
 * Serves a built site with the policies that its headers.json holds, and the
 * host page of the proofs in front of it.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const PAGE = '<!doctype html><title>Proofs</title><body><script type="module" src="/proofs.js"></script>';

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/**
 * @param {string} folder of the site
 * @param {string} host script of the host page
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serveSite(folder, host) {
  const policies = JSON.parse(await readFile(path.join(folder, "headers.json"), "utf8"));
  /** @param {string} pathname @returns {string | Promise<Buffer>} */
  const content = (pathname) => {
    if (pathname === "/") return PAGE;
    if (pathname === "/proofs.js") return host;
    return readFile(path.join(folder, path.normalize(pathname)));
  };
  const server = createServer(async ({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const extra = pathname === "/sandbox/shell.html" ? policies.shell : policies.host;
    const extension = pathname === "/" ? ".html" : path.extname(pathname);
    const type = TYPES[extension] ?? "application/octet-stream";
    try {
      const body = await content(pathname);
      response.writeHead(200, { ...extra, "Content-Type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://localhost:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
