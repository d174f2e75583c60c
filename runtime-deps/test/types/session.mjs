// @ts-check
/** A conversation with the language service, in Node and with the declarations that the build makes. */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { makeTypes } from "../../build/types.mjs";

import { ROOT } from "../runtime/load.mjs";

/** TypeScript itself stays outside: Node loads it faster by itself. @type {import("esbuild").Plugin} */
const installedTypeScript = {
  name: "installed-typescript",
  setup({ onResolve }) {
    const place = pathToFileURL(createRequire(import.meta.url).resolve("typescript")).href;
    onResolve({ filter: /^typescript$/ }, () => ({ path: place, external: true }));
  },
};

async function loadConversation() {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, "src/types/conversation.ts")],
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [installedTypeScript],
    write: false,
  });
  const text = outputFiles[0]?.text ?? "";
  const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  return /** @type {typeof import("../../src/types/conversation.ts").Conversation} */ (module.Conversation);
}

const [Conversation, types] = await Promise.all([loadConversation(), makeTypes(ROOT)]);

/** What build/types.mjs makes. */
export const { index, contents } = types;

/** @typedef {import("../../src/types/messages.ts").Answers} Answers */

export class Session {
  /** Names of the declarations' files that were fetched. @type {string[]} */
  fetched = [];
  /** Files that can't be had. @type {Set<string>} */
  broken = new Set();
  /** @type {import("../../src/types/messages.ts").FromTypes[]} */
  heard = [];
  #request = 0;
  /** @type {Map<number, (message: import("../../src/types/messages.ts").FromTypes) => void>} */
  #waiting = new Map();

  /** @param {string[]} broken */
  constructor(broken = []) {
    for (const name of broken) this.broken.add(name);
    this.conversation = new Conversation(
      (message) => {
        this.heard.push(message);
        if ("request" in message) this.#waiting.get(message.request)?.(message);
      },
      () => new Promise((resolve) => setImmediate(resolve)),
      async (url) => {
        const name = path.posix.basename(new URL(url).pathname);
        const content = contents.get(name);
        if (content === undefined || this.broken.has(name)) throw new Error(`${name} can't be had`);
        this.fetched.push(name);
        return content.toString();
      },
    );
    this.conversation.take({ type: "start", indexUrl: "https://cumulet.test/types/types.json" });
  }

  /** @param {Record<string, string | null>} changes */
  files(changes) {
    this.conversation.take({ type: "files", changes });
  }

  /**
   * @param {import("../../src/types/messages.ts").Question} question
   * @returns {Promise<import("../../src/types/messages.ts").FromTypes>} the message that ends it
   */
  ask(question) {
    const request = ++this.#request;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.conversation.take({ type: "ask", request, question });
    });
  }

  /**
   * @template {keyof Answers} Kind
   * @param {import("../../src/types/messages.ts").Question & { kind: Kind }} question
   * @returns {Promise<Answers[Kind]>}
   */
  async answer(question) {
    const message = await this.ask(question);
    if (message.type !== "answer") throw new Error(JSON.stringify(message));
    return /** @type {Answers[Kind]} */ (message.answer);
  }

  /** Writes a text without its `|`, and gives its place. @param {string} file @param {string} text */
  place(file, text) {
    const offset = text.indexOf("|");
    this.files({ [file]: text.replace("|", "") });
    return { path: file, offset };
  }
}
