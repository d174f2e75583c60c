// `location` of the app: what its modules and its routers have in place of the
// browser's, which can't be changed and says about:srcdoc.

import type { AppHistory } from "./history.ts";

export class AppLocation {
  readonly #history: AppHistory;

  constructor(history: AppHistory) {
    this.#history = history;
  }

  get href(): string {
    return this.#history.url.href;
  }
  set href(address: unknown) {
    this.#history.visit(String(address));
  }

  get origin(): string {
    return this.#history.url.origin;
  }
  get protocol(): string {
    return this.#history.url.protocol;
  }
  get host(): string {
    return this.#history.url.host;
  }
  get hostname(): string {
    return this.#history.url.hostname;
  }
  get port(): string {
    return this.#history.url.port;
  }

  get pathname(): string {
    return this.#history.url.pathname;
  }
  set pathname(pathname: unknown) {
    this.#change("pathname", pathname);
  }

  get search(): string {
    return this.#history.url.search;
  }
  set search(search: unknown) {
    this.#change("search", search);
  }

  get hash(): string {
    return this.#history.url.hash;
  }
  set hash(hash: unknown) {
    this.#change("hash", hash);
  }

  get ancestorOrigins(): DOMStringList {
    return location.ancestorOrigins;
  }

  assign(address: unknown): void {
    this.#history.visit(String(address));
  }

  replace(address: unknown): void {
    this.#history.visit(String(address), true);
  }

  reload(): void {
    this.#history.reload();
  }

  toString(): string {
    return this.href;
  }

  /** Setting what is there already does nothing. */
  #change(part: "pathname" | "search" | "hash", value: unknown): void {
    const { url } = this.#history;
    const before = url.href;
    url[part] = String(value);
    if (url.href !== before) this.#history.visit(url.href);
  }
}
