import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { required } from "./environment";
import { FolderHost } from "./host";

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
export class FileHost extends FolderHost {
  private constructor(
    folder: string,
    private readonly rules: Rule[],
  ) {
    super(folder);
  }

  static async start(): Promise<FileHost> {
    const folder = required("CUMULET_SITE");
    const rules = read(await readFile(join(folder, "_headers"), "utf8"));
    return new FileHost(folder, rules).listen();
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

  protected async answer({ url = "/", method }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(url, "http://host");
    if (method !== "GET" && method !== "HEAD") {
      response.writeHead(405).end();
      return;
    }
    const path = normalize(pathname).replace(/^\/+/, "");
    for (const [name, value] of this.headers(pathname)) response.setHeader(name, value);
    await this.send(extname(path) === "" || path.startsWith("..") ? "index.html" : path, response);
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
