// The worker's side of every engine: takes requests, times the engine's own
// work, answers with the figures and with what the engine made. The way
// between page and worker isn't timed; what an engine needs to hand over a
// string that JavaScript can use, is.

/** What an engine made of one file. */
export interface Output {
  code: string;
  /** The encoded mappings; absent from an engine that keeps positions to itself. */
  map: string | undefined;
}

/** What an engine made of a project. */
export interface Built {
  code: string;
  /** How many modules were delivered. */
  modules: number;
}

export interface Project {
  files: Record<string, string>;
  /** The text of the site's `manifest.json`. */
  manifest: string;
  /** Texts of the lists that lie beside it, by file. */
  lists: Record<string, string>;
}

export interface Engine {
  transform(path: string, text: string): Output | Promise<Output>;
  /** Builds the project from nothing. */
  build?(project: Project): Built | Promise<Built>;
  /** Builds the project of the last `build` with one file changed. */
  rebuild?(path: string, text: string): Built | Promise<Built>;
}

export type Request =
  | { kind: "transform"; path: string; text: string; calls: number }
  | { kind: "build"; project: Project }
  | { kind: "rebuild"; path: string; text: string };

export interface Answer {
  /** Milliseconds of each call. */
  times: number[];
  /** Result of the last call. */
  result: Output | Built;
}

let provide: (engine: Engine) => void;
const ready = new Promise<Engine>((resolve) => {
  provide = resolve;
});

// Registered before any engine's own code runs: requests come while it loads.
self.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    self.postMessage(await answer(await ready, data));
  } catch (error) {
    self.postMessage(error instanceof Error ? error : new Error(String(error)));
  }
});

// A worker doesn't report an engine whose loading failed by a rejected promise.
self.addEventListener("unhandledrejection", ({ reason }) => self.postMessage(reason));

/** Offers an engine that is ready to work. */
export function serve(engine: Engine): void {
  provide(engine);
}

async function answer(engine: Engine, request: Request): Promise<Answer> {
  const times: number[] = [];
  const calls = request.kind === "transform" ? request.calls : 1;
  let result: Output | Built | undefined;
  for (let call = 0; call < calls; call += 1) {
    const started = performance.now();
    result = await perform(engine, request);
    times.push(performance.now() - started);
  }
  if (result === undefined) {
    throw new Error(`the engine can't ${request.kind}`);
  }
  return { times, result };
}

function perform(engine: Engine, request: Request): Output | Built | Promise<Output | Built> | undefined {
  switch (request.kind) {
    case "transform":
      return engine.transform(request.path, request.text);
    case "build":
      return engine.build?.(request.project);
    case "rebuild":
      return engine.rebuild?.(request.path, request.text);
  }
}
