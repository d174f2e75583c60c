// One frame's end of the conversation: builds go in as soon as their dependency
// files are there, checked messages come out, silence and misconduct are told.

import type {
  Answer,
  Call,
  ConsoleEntry,
  Databases,
  Entry,
  FromFrame,
  Load,
  ModuleScript,
  Navigate,
  Pick,
  Script,
  TakePicture,
  ToFrame,
  Traverse,
} from "../frame/messages.ts";
import type { AppData, Elsewhere } from "./appdata/appdata.ts";
import { DataLink } from "./appdata/link.ts";
import { Conduct, TokenBucket } from "./budget.ts";
import { Capture } from "./capture.ts";
import { ENGINE, mentionsIndexedDb } from "./engine.ts";
import { type DependencyFiles, FileFailed } from "./files.ts";
import type { FrameMessage, FromBridge, NeededFile, ToBridge } from "./protocol.ts";
import type { RelayedBuild } from "./relay.ts";
import { Requests } from "./requests.ts";
import { parseEnvelope, Refused } from "./validate.ts";

type Connect = Extract<ToBridge, { type: "connect" }>;
type LoadRequest = Extract<ToBridge, { type: "load" }>;

const SILENT_FROM_MS = 2_000;
const TICK_MS = 1_000;
/** A tick this late means that the machine slept, not that the frame was silent. */
const SLEPT_MS = 3_000;
const PROGRESS_AFTER_MS = 300;
/** How long a frame that goes away may still say what it wants kept. */
const LINGER_MS = 1_000;

/** What of a build still has to go to the frame; later builds are merged into it. */
interface Pending {
  revision: number;
  modules: Map<string, ModuleScript>;
  removed: Set<string>;
  entry: Entry;
  css: string;
  files: NeededFile[];
}

/** IndexedDB for the frame: its script, and what it holds. */
interface Engine extends Script {
  databases: Databases;
}

export class Session {
  readonly #conduct = new Conduct(performance.now());
  readonly #consoleLines = new TokenBucket(100, 400, performance.now());
  readonly #requests = new Requests();
  readonly #capture = new Capture();
  readonly #sent = new Set<string>();
  #pending: Pending | undefined;
  #delivering = false;
  /** Of the newest message. */
  #seq = 0;
  /** Of the newest build. */
  #revision: number | undefined;
  /** Its entry, as JSON. */
  #entry = "";
  #booted = false;
  #closed = false;
  #lastHeard = performance.now();
  #lastTick = performance.now();
  #silent = false;
  #droppedLines = 0;
  readonly #ticker: ReturnType<typeof setInterval>;
  readonly #link: DataLink;
  readonly #begun: Promise<void>;
  #hasEngine = false;

  constructor(
    readonly connect: Connect,
    readonly port: MessagePort,
    readonly files: DependencyFiles,
    readonly data: AppData,
    readonly post: (message: FromBridge) => void,
  ) {
    this.#link = new DataLink(connect.app, data, (message) => this.#tell(message));
    port.onmessage = (event) => this.#receive(event.data);
    port.onmessageerror = () => this.#conduct.refuse();
    this.#begun = this.#begin();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  /** The app finds what it kept when its first line runs. */
  async #begin(): Promise<void> {
    const { app, session, theme, viewer, path } = this.connect;
    // A browser that keeps nothing has nothing: the first change tells it.
    const local = await this.data.localItems(app).catch(() => []);
    this.#tell({
      type: "init",
      session,
      viewer,
      theme,
      path,
      localItems: local,
      sessionItems: this.data.sessionItems(app),
      env: { MODE: "development", DEV: true, PROD: false, SSR: false, BASE_URL: "/" },
    });
  }

  /** A frame that is removed says in its last moment what it wants kept; nothing else of it is heard. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#requests.clear();
    setTimeout(() => this.#end(), LINGER_MS);
  }

  /** Ends the session of an app whose data is about to go: nothing of it may come after. */
  drop(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#end();
  }

  /** Resolves when all that the app wanted kept is kept. */
  settled(): Promise<void> {
    return this.#link.settled();
  }

  /** News of another tab. */
  hear(news: Elsewhere): void {
    if (this.#closed || news.app !== this.connect.app) return;
    if (news.changes) {
      this.#link.hear(news);
      return;
    }
    const reason = "The app's data was cleared or put back in another tab.";
    this.#pass({ type: "reloadNeeded", revision: 0, reason });
  }

  #end(): void {
    this.#link.close();
    this.port.onmessage = null;
    this.port.close();
  }

  /** Tells the frame what became of a request; a second answer for the same one is dropped. */
  answer(id: number, answer: Answer): void {
    if (this.#requests.settle(id)) this.#tell({ type: "answer", id, answer });
  }

  /** Tells the frame what the person did beside it. */
  steer(message: Navigate | Traverse | Pick | TakePicture): void {
    if (message.type === "capture") this.#capture.ask();
    this.#tell(message);
  }

  /** A build that came past the page; what this frame can't take in place comes from the page. */
  relay(build: RelayedBuild): void {
    if (build.base !== this.#revision || JSON.stringify(build.entry) !== this.#entry) return;
    this.load(build);
  }

  load(request: Omit<LoadRequest, "type" | "session">): void {
    const { revision, entry, css } = request;
    // The relay had it already.
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#entry = JSON.stringify(entry);
    this.#pending ??= { revision, modules: new Map(), removed: new Set(), entry, css, files: [] };
    const pending = this.#pending;
    Object.assign(pending, { revision, entry, css, files: request.dependencyFiles });
    for (const id of request.removed) {
      pending.modules.delete(id);
      pending.removed.add(id);
    }
    for (const { id, code, staticImports = [] } of request.modules) {
      pending.removed.delete(id);
      pending.modules.set(id, { id, code, staticImports });
    }
    if (!this.#delivering) void this.#deliver();
  }

  /** Sends what is pending. A build that comes while files load joins it. */
  async #deliver(): Promise<void> {
    this.#delivering = true;
    try {
      await this.#begun;
      while (this.#pending && !this.#closed) {
        const { files } = this.#pending;
        const wanted = files.filter(({ file }) => !this.#sent.has(file));
        const texts = wanted.length > 0 ? await this.#fetchAll(wanted) : [];
        const engine = this.#needsEngine(this.#pending, texts) ? await this.#engine() : undefined;
        const pending: Pending | undefined = this.#pending;
        if (!pending || this.#closed) return;
        // A build that came meanwhile may want other files.
        const given = new Set(wanted.map(({ file }) => file));
        if (pending.files.some(({ file }) => !this.#sent.has(file) && !given.has(file))) continue;
        if (!engine && this.#needsEngine(pending, texts)) continue;
        this.#pending = undefined;
        for (const file of given) this.#sent.add(file);
        if (engine) this.#hasEngine = true;
        this.#tell(loadMessage(pending, texts, engine));
      }
    } catch (error) {
      if (this.#closed) return;
      // What is pending stays: the next build takes it along and tries again.
      const { file, message } = error instanceof FileFailed ? error : new FileFailed("", String(error));
      this.post({ type: "dependencyFailed", session: this.connect.session, file, message });
    } finally {
      this.#delivering = false;
    }
  }

  /** Whether something that the frame is about to get may use IndexedDB, for the first time. */
  #needsEngine(pending: Pending, texts: Script[]): boolean {
    return (
      !this.#hasEngine && [...pending.modules.values(), ...texts].some(({ code }) => mentionsIndexedDb(code))
    );
  }

  async #engine(): Promise<Engine> {
    const folder = new URL("./", self.location.href).href;
    const [code, kept] = await Promise.all([
      this.files.text(ENGINE, folder),
      this.data.databases(this.connect.app).catch(() => ({ databases: [], bytes: 0 })),
    ]);
    return { id: ENGINE.file, code, databases: { engine: ENGINE.file, ...kept } };
  }

  async #fetchAll(files: NeededFile[]): Promise<Script[]> {
    let loaded = 0;
    let slow = false;
    const progress = () => {
      if (slow && !this.#closed) {
        this.post({ type: "fetching", session: this.connect.session, loaded, total: files.length });
      }
    };
    const timer = setTimeout(() => {
      slow = true;
      progress();
    }, PROGRESS_AFTER_MS);
    try {
      return await Promise.all(
        files.map(async (needed) => {
          const code = await this.files.text(needed, this.connect.depsUrl);
          loaded++;
          progress();
          return { id: needed.file, code };
        }),
      );
    } finally {
      slow = false;
      clearTimeout(timer);
    }
  }

  #tell(message: ToFrame): void {
    this.port.postMessage(message);
  }

  #receive(data: unknown): void {
    const now = performance.now();
    if (this.#conduct.admit(now)) {
      try {
        const { session, seq, message } = parseEnvelope(data);
        // What a frame of an earlier session still had to say.
        if (session !== this.connect.session) return;
        if (seq <= this.#seq) throw new Refused("a message that was there already");
        this.#seq = seq;
        if (!this.#closed || message.type === "store") this.#accept(message, now);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.#conduct.refuse();
      }
    }
    const verdict = this.#conduct.verdict();
    if (verdict && this.#closed) this.#end();
    else if (verdict) this.#expel(verdict);
  }

  #accept(message: FromFrame, now: number): void {
    if (!this.#booted && message.type !== "booted" && message.type !== "unsafe") {
      throw new Refused("a message before the boot was told");
    }
    if (this.#booted && message.type === "booted") throw new Refused("a second boot");
    this.#heard(now);
    switch (message.type) {
      case "heartbeat":
        return;
      case "booted":
        this.#booted = true;
        break;
      case "consoleBatch":
        this.#passConsole(message.entries, now);
        return;
      case "request":
        this.#passRequest(message.id, message.call);
        return;
      case "captured":
        void this.#capture.take(message.png, message.missing).then((said) => {
          if (!this.#closed) this.#pass(said);
        });
        return;
      case "store":
        this.#link.store(message.seq, message.changes);
        return;
      case "openCollection":
        this.#link.openCollection(message.collection);
        return;
    }
    this.#pass(message);
  }

  #passRequest(id: number, call: Call): void {
    const admitted = this.#requests.admit(id, call);
    if ("answer" in admitted) this.#tell({ type: "answer", id, answer: admitted.answer });
    else this.#pass({ type: "request", id, call: admitted.call });
  }

  #passConsole(entries: ConsoleEntry[], now: number): void {
    for (const entry of entries) {
      if (!this.#consoleLines.take(now)) {
        this.#droppedLines++;
        continue;
      }
      if (this.#droppedLines > 0) {
        const text = `${this.#droppedLines} more console messages were left out.`;
        this.#droppedLines = 0;
        this.#pass({
          type: "console",
          level: "warn",
          form: "line",
          indent: entry.indent,
          args: [text],
          location: null,
        });
      }
      this.#pass({ type: "console", ...entry });
    }
  }

  #pass(message: FrameMessage): void {
    this.post({ type: "frame", session: this.connect.session, message });
  }

  #heard(now: number): void {
    this.#lastHeard = now;
    if (!this.#silent) return;
    this.#silent = false;
    this.post({ type: "silent", session: this.connect.session, silentMs: 0 });
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#lastTick > SLEPT_MS) this.#lastHeard = now;
    this.#lastTick = now;
    const silentMs = Math.round(now - this.#lastHeard);
    if (silentMs < SILENT_FROM_MS) return;
    this.#silent = true;
    this.post({ type: "silent", session: this.connect.session, silentMs });
  }

  #expel(reason: string): void {
    this.drop();
    this.post({ type: "expelled", session: this.connect.session, reason });
  }
}

function loadMessage(pending: Pending, files: Script[], engine: Engine | undefined): Load {
  const dependencies = engine ? [{ id: engine.id, code: engine.code }, ...files] : files;
  return {
    type: "load",
    revision: pending.revision,
    modules: [...pending.modules.values()],
    removed: [...pending.removed],
    entry: pending.entry,
    css: pending.css,
    dependencies,
    ...(engine && { databases: engine.databases }),
  };
}
