/** How bad a diagnostic is: a module with an error can't run. */
export type Severity = "error" | "warning";

/** A place in a file. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Span {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A mechanical repair: replaces the text of a span. */
export interface Fix {
  title: string;
  span: Span;
  replacement: string;
}

/** One finding. */
export interface Diagnostic {
  /** Stable, kebab-case: `syntax`, `missing-file`, `unknown-export`, … */
  code: string;
  severity: Severity;
  /** Path of the file; empty when it is about the whole project. */
  file: string;
  span?: Span;
  /** What is wrong, one sentence. */
  message: string;
  /** The next step, one sentence. */
  help?: string;
  /** The lines around the place with a marker, as plain text. */
  frame?: string;
  fixes?: Fix[];
}

/** A compiled module: a classic script that calls `__cumulet.define(id, factory)`. */
export interface Module {
  /** Path of its source. */
  id: string;
  code: string;
  /** Ids of the modules that it imports, statically or dynamically. */
  imports: string[];
  /** Those of them that run before it does, in the order in which they run; absent when there are none. */
  staticImports?: string[];
}

/** The module that runs first. */
export interface Entry {
  id: string;
  /** Whether its default export is a component to mount into `#root`; otherwise it mounts itself. */
  mount: boolean;
}

/** A package that the app uses. */
export interface DependencyUse {
  specifier: string;
  /** The exports used; empty when it is the whole namespace. */
  names: string[];
}

/** Input for Tailwind's compiler. */
export interface TailwindInput {
  css: string;
  /** All words of the app that may be classes. */
  candidates: string[];
}

/** What a build gives. */
export interface Build {
  /** Modules that are new or changed since the last build without errors, in an order in which they can be defined. */
  modules: Module[];
  /** Ids that are gone since then. */
  removed: string[];
  /** Null when the project has none, or it doesn't compile. */
  entry: Entry | null;
  /** The style sheet; empty while `tailwind` has one to compile. */
  css: string;
  /** Null when the project doesn't use Tailwind. */
  tailwind: TailwindInput | null;
  /** Files to load before the modules, dependencies first. */
  dependencyFiles: NeededFile[];
  dependencies: DependencyUse[];
  /** Findings of the whole project, errors first. */
  diagnostics: Diagnostic[];
  /**
   * Files of the folder `deps` that the build lacks: lists of packages, the ready kit. While there are any, the
   * rest is empty: `supply` them and build again with no changes.
   */
  missing: string[];
}

/** A script to load. */
export interface NeededFile {
  file: string;
  /** Subresource integrity. */
  integrity: string;
}

/** One file compiled without its project. */
export interface Transformed {
  /** Empty when there is an error. */
  code: string;
  /** What it imports, as written. */
  specifiers: string[];
  exports: string[];
  diagnostics: Diagnostic[];
}

/** What a check gives. */
export interface Checked {
  errors: number;
  warnings: number;
  diagnostics: Diagnostic[];
  dependencyFiles: NeededFile[];
  dependencies: DependencyUse[];
}

/** A place in a module. */
export interface Position {
  /** Module id. */
  file: string;
  line: number;
  column: number;
}

/** A place in a source, with the lines around it. */
export interface OriginalPosition extends Position {
  frame: string;
}

/** A package that can be imported. */
export interface ManifestPackage {
  /** Key in `AppDependencies`. */
  category: string;
  version: string;
  /** Names of value exports, without `default`. */
  exports: string[];
  /** Names of exports that are types only. */
  types: string[];
  hasDefault: boolean;
  /** File that fills the whole namespace. */
  file: string;
  /** Files that fill a few exports each. */
  parts?: { file: string; exports: string[] }[];
  /** File of `deps` with these lists, of a package whose lists are long. */
  index?: string;
  /** Package whose files serve it. */
  aliasOf?: string;
  /** Why new code shouldn't use it. */
  avoid?: { reason: string; replacement: string };
  hint: string;
  example: string;
  inPrompt: boolean;
}

/** A package that can't be imported, and what to use instead. */
export interface ManifestBlocked {
  reason: string;
  replacement: string;
  rewriteTo?: string;
}

/** A served script that fills packages. */
export interface ManifestFile {
  bytes: number;
  gzip: number;
  brotli: number;
  integrity: string;
  imports?: string[];
}

/** What a project may import. The package's own is `cumulet-bundler/manifest.json`. */
export interface Manifest {
  version: number;
  /** By specifier as imported. */
  packages: Record<string, ManifestPackage>;
  blocked: Record<string, ManifestBlocked>;
  files: Record<string, ManifestFile>;
  /** Components that stand in for files which a project lacks. */
  kit?: { file: string; paths: string[] };
}

/** Text by project path; null deletes. */
export type Changes = Record<string, string | null>;

/** One project, built again and again as its files change. */
export interface Bundler {
  /** Changes files and builds. */
  build(changes: Changes): Build;
  /** Takes the text of a file in that a build lacked. */
  supply(file: string, text: string): void;
  /** Maps positions in modules back to the sources, in the same order; null where there is no source. */
  resolvePositions(positions: readonly Position[]): (OriginalPosition | null)[];
  /** Forgets all files. */
  reset(): void;
  /** Gives its memory back; it can't be used afterwards. */
  free(): void;
}

/** Where the wasm comes from: its address, its bytes, an answer to `fetch`, or a compiled module. */
export type WasmSource = string | URL | BufferSource | Response | PromiseLike<Response> | WebAssembly.Module;

/**
 * Loads the wasm, once; from beside this script unless told otherwise. Everything else needs it.
 * @throws when it can't be loaded; calling again tries again.
 */
export function init(source?: WasmSource): Promise<void>;

/** A bundler without files. */
export function createBundler(options: { manifest: Manifest }): Bundler;

/** Compiles one file. Every import is taken to lead somewhere. */
export function transform(path: string, text: string): Transformed;

/**
 * Builds a whole project once for its diagnostics. `read` gives the text of a file of the folder `deps`; in Node
 * this package's own are read without it.
 */
export function check(
  files: Record<string, string>,
  manifest: Manifest,
  read?: (file: string) => string,
): Checked;

/** What `publish` takes. */
export interface PublishOptions {
  /** The project: text by path, binary files as data URLs. */
  files: Record<string, string>;
  /** The packages in their production forms: `cumulet-bundler/manifest.production.json`. */
  manifest: Manifest;
  /** Gives the text of a file of the folder `deps`; from this package's own unless told otherwise. */
  read?: (file: string) => string | Promise<string>;
  /** Compiles the style sheet of a project that uses Tailwind. */
  tailwind?: (input: TailwindInput) => string | Promise<string>;
  /** Address of the site on its host: `/` unless told otherwise, `./` for one that works in any folder. */
  base?: string;
  sourceMaps?: boolean;
  /** Where the wasm comes from, the first time; from beside this script unless told otherwise. */
  wasm?: WasmSource;
}

/** A static site. */
export interface Site {
  /** By path: text, or bytes where it isn't text. */
  files: Record<string, string | Uint8Array>;
  /** Names of the manifest's files that belong beside the scripts, into `assets/`. */
  dependencyFiles: string[];
  /** By the path at which a browser would look for them. No script names its own. */
  maps: Record<string, string>;
}

/** What `publish` gives. */
export interface Published {
  /** Findings of the whole project, errors first. */
  diagnostics: Diagnostic[];
  /** Null when there is an error among them. */
  site: Site | null;
}

/** Builds a project as a static site. Loads a wasm of its own the first time; `init` isn't needed. */
export function publish(options: PublishOptions): Promise<Published>;
