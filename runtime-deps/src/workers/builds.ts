// Build requests, one after the other: those that wait are merged, and only the
// newest revision is answered. What an unanswered build produced goes along
// with the next answer, because the bundler gives each changed module only once.

import type { BuildOutput, Diagnostic, FromBundler, Module, Position } from "./protocol.ts";

/** The bundler's wasm door. Arguments and results are JSON text. */
export interface Bundler {
  /** `{path: text | null}` in, `{output, tailwind, missing}` out. */
  build(changes: string): string;
  /** Takes the text of a file that a build lacked. */
  supply(file: string, text: string): void;
  resolvePositions(positions: string): string;
  reset(): void;
}

export interface Tailwind {
  compile(css: string, candidates: string[]): Promise<string>;
}

export interface Surroundings {
  loadTailwind(): Promise<Tailwind>;
  /** Text of a file in the folder of the dependency files. */
  loadList(file: string): Promise<string>;
  post(message: FromBundler): void;
  fail(error: unknown): void;
}

type Changes = Record<string, string | null>;

interface BundlerResult {
  output: BuildOutput;
  /** The style sheet to compile and the class candidates; null when the app doesn't use Tailwind. */
  tailwind: { css: string; candidates: string[] } | null;
  /** Lists of packages that the build lacks; while there are any, the output is empty. */
  missing: string[];
}

const WARM_UP = JSON.stringify({
  "src/App.tsx":
    'import { useState } from "react";\nexport default function App() {\n  const [n, setN] = useState<number>(0);\n  return <button className="p-2" onClick={() => setN(n + 1)}>{n}</button>;\n}\n',
});

export class BuildQueue {
  #waiting: { revision: number; changes: Changes } | undefined;
  #working = false;
  /** Rises with every reset: what a build before it comes to is dropped. */
  #project = 0;
  #unsent = new Map<string, Module>();
  #unsentRemoved = new Set<string>();
  #styleSheets = new Map<string, string>();
  #tailwind: Promise<Tailwind> | undefined;

  constructor(
    readonly bundler: Bundler,
    readonly around: Surroundings,
  ) {}

  /** The first compile costs far more than the later ones: the browser is still compiling the wasm. */
  warmUp(): void {
    this.bundler.build(WARM_UP);
    this.bundler.reset();
  }

  reset(): void {
    this.bundler.reset();
    this.#project++;
    this.#waiting = undefined;
    this.#unsent.clear();
    this.#unsentRemoved.clear();
    this.#styleSheets.clear();
  }

  request(revision: number, changes: Changes): void {
    const merged = this.#waiting ? { ...this.#waiting.changes, ...changes } : changes;
    this.#waiting = { revision, changes: merged };
    if (this.#working) return;
    this.#working = true;
    // In a task of its own, so that requests that have already arrived are seen first.
    nextTask(() => this.#work().catch((error) => this.around.fail(error)));
  }

  resolve(request: number, positions: Position[]): void {
    const resolved = JSON.parse(this.bundler.resolvePositions(JSON.stringify(positions))) as unknown[];
    this.around.post({ type: "positions", request, positions: resolved });
  }

  async #work(): Promise<void> {
    try {
      for (let next = this.#waiting; next; next = this.#waiting) {
        this.#waiting = undefined;
        await this.#build(next.revision, next.changes);
        // Requests that came during the build wait as messages: let them in.
        await new Promise<void>((resolve) => nextTask(resolve));
      }
    } finally {
      this.#working = false;
    }
  }

  async #build(revision: number, changes: Changes): Promise<void> {
    const project = this.#project;
    const started = performance.now();
    for (const [path, text] of Object.entries(changes)) {
      if (!path.endsWith(".css")) continue;
      if (text === null) this.#styleSheets.delete(path);
      else this.#styleSheets.set(path, text);
    }
    const result = await this.#bundle(changes, project);
    if (project !== this.#project) return;
    const { output, tailwind } = result;
    const bundled = performance.now();
    if (tailwind) await this.#compileTailwind(output, tailwind);
    if (project !== this.#project) return;
    this.#takeAlong(output);
    // A newer request waits: its answer will hold this one's modules.
    if (this.#waiting) {
      this.#setAside(output);
      return;
    }
    const finished = performance.now();
    const tailwindUs = tailwind ? Math.round((finished - bundled) * 1000) : 0;
    const elapsedUs = Math.round((finished - started) * 1000);
    this.around.post({ type: "built", revision, elapsedUs, tailwindUs, output });
  }

  /** Builds, and fetches what the bundler lacks until it has all. */
  async #bundle(changes: Changes, project: number): Promise<BundlerResult> {
    const build = (given: Changes) => JSON.parse(this.bundler.build(JSON.stringify(given))) as BundlerResult;
    let result = build(changes);
    while (result.missing.length > 0) {
      const supply = async (file: string) => this.bundler.supply(file, await this.around.loadList(file));
      try {
        await Promise.all(result.missing.map(supply));
      } catch (error) {
        result.output.diagnostics.push(unlisted(error));
        return result;
      }
      if (project !== this.#project) return result;
      result = build({});
    }
    return result;
  }

  async #compileTailwind(
    output: BuildOutput,
    { css, candidates }: { css: string; candidates: string[] },
  ): Promise<void> {
    this.#tailwind ??= this.around.loadTailwind();
    let compiler: Tailwind;
    try {
      compiler = await this.#tailwind;
    } catch (error) {
      this.#tailwind = undefined;
      throw error;
    }
    try {
      output.css = await compiler.compile(css, candidates);
    } catch (error) {
      output.css = css;
      output.diagnostics.unshift(this.#diagnostic(error));
    }
  }

  #diagnostic(error: unknown): Diagnostic {
    const message = error instanceof Error ? error.message : String(error);
    const sheets = [...this.#styleSheets].filter(([, text]) =>
      /@(import\s+["']tailwindcss|tailwind|theme|apply|utility|variant|plugin|config|source)\b/.test(text),
    );
    return {
      code: "tailwind",
      severity: "error",
      // With several style sheets Tailwind doesn't say which one it is about.
      file: sheets.length === 1 ? (sheets[0]?.[0] ?? "") : "",
      message: `Tailwind couldn't compile the styles: ${message}`,
      help: "Look at the @apply, @theme and @import lines of the app's style sheets.",
    };
  }

  /** Adds what earlier, unanswered builds produced, unless this one has something newer. */
  #takeAlong(output: BuildOutput): void {
    const own = new Set(output.modules.map((module) => module.id));
    const gone = new Set(output.removed);
    const earlier = [...this.#unsent.values()].filter(({ id }) => !own.has(id) && !gone.has(id));
    output.modules = [...earlier, ...output.modules];
    output.removed.push(...[...this.#unsentRemoved].filter((id) => !own.has(id) && !gone.has(id)));
    this.#unsent.clear();
    this.#unsentRemoved.clear();
  }

  #setAside(output: BuildOutput): void {
    for (const module of output.modules) this.#unsent.set(module.id, module);
    for (const id of output.removed) this.#unsentRemoved.add(id);
  }
}

function unlisted(error: unknown): Diagnostic {
  return {
    code: "package-list",
    severity: "error",
    file: "",
    message: `A package can't be looked up: ${error instanceof Error ? error.message : String(error)}`,
    help: "Check the connection; the next change tries it again.",
  };
}

/** A new task, without the delay that browsers add to nested timers. */
function nextTask(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    run();
  };
  port2.postMessage(0);
}
