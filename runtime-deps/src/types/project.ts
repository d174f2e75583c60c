// The files that TypeScript sees: the project's at `/`, extra ones beside them,
// and the declarations that have arrived.

import ts from "typescript";
import { packageNameOf } from "./declarations.ts";
import type { Changes } from "./messages.ts";
import { optionsOf } from "./options.ts";

const CODE = /\.([cm]?ts|tsx|[cm]?js|jsx)$/;
/** What TypeScript reads of a project. */
const READ = /\.([cm]?ts|tsx|[cm]?js|jsx|json)$/;

interface SourceText {
  text: string;
  version: number;
  /** Packages that it imports. */
  packages: string[];
}

export class Project implements ts.LanguageServiceHost {
  readonly #own = new Map<string, SourceText>();
  /** Stands in for what the project lacks. */
  readonly #extra = new Map<string, SourceText>();
  #revision = 0;
  #options: ts.CompilerOptions | undefined;
  /** Folders of all files; undefined after files came or went. */
  #folders: Set<string> | undefined;
  /** Whether imports may mean other files than when they were last resolved. */
  #isMoved = true;

  constructor(readonly declarations: () => ReadonlyMap<string, string>) {}

  /** Takes changes of the project's files. */
  change(changes: Changes): void {
    for (const [name, text] of Object.entries(changes)) this.#put(this.#own, `/${name}`, text);
  }

  /** Takes files that stand in for what the project lacks, in place of earlier ones. */
  setExtra(files: Record<string, string>): void {
    const paths = new Set(Object.keys(files).map((name) => `/${name}`));
    for (const path of [...this.#extra.keys()]) if (!paths.has(path)) this.#put(this.#extra, path, null);
    for (const [name, text] of Object.entries(files)) this.#put(this.#extra, `/${name}`, text);
  }

  /** Forgets the project's files, but not the extra ones. */
  reset(): void {
    for (const path of [...this.#own.keys()]) this.#put(this.#own, path, null);
  }

  /** Declarations came or went. */
  declarationsChanged(): void {
    this.#revision++;
    this.#folders = undefined;
    this.#isMoved = true;
  }

  /** A program was made of what is here now. */
  settled(): void {
    this.#isMoved = false;
  }

  /** Names of the packages that the project's code imports. */
  packages(): Set<string> {
    const names = new Set<string>();
    for (const [path, { packages }] of [...this.#own, ...this.#extra]) {
      if (/\.[jt]sx$/.test(path)) names.add("react");
      for (const name of packages) names.add(name);
    }
    return names;
  }

  /** Paths of the project's own code, sorted. */
  codePaths(): string[] {
    return [...this.#own.keys()].filter((path) => CODE.test(path)).sort();
  }

  has(path: string): boolean {
    return this.#own.has(path);
  }

  textOf(path: string): string | undefined {
    return this.#source(path)?.text ?? this.declarations().get(path);
  }

  #source(path: string): SourceText | undefined {
    return this.#own.get(path) ?? this.#extra.get(path);
  }

  #paths(): string[] {
    return [...new Set([...this.#own.keys(), ...this.#extra.keys()])];
  }

  #put(files: Map<string, SourceText>, path: string, text: string | null): void {
    if (!READ.test(path)) return;
    const known = files.get(path);
    if (text === null) {
      if (!known) return;
      files.delete(path);
    } else {
      if (known?.text === text) return;
      const packages = CODE.test(path) ? importedPackages(text) : [];
      files.set(path, { text, packages, version: ++this.#revision });
    }
    this.#revision++;
    if (/config\.(app\.)?json$/.test(path)) this.#options = undefined;
    if (!known || text === null) {
      this.#folders = undefined;
      this.#isMoved = true;
    }
  }

  // What TypeScript asks for.

  getCompilationSettings(): ts.CompilerOptions {
    this.#options ??= optionsOf(
      (path) => this.#own.get(path)?.text,
      (name) => this.declarations().has(`/lib/${name}`),
    );
    return this.#options;
  }

  getScriptFileNames(): string[] {
    const ambient = [...this.declarations().keys()].filter((path) => path.startsWith("/ambient/"));
    return [...this.#paths().filter((path) => CODE.test(path)), ...ambient];
  }

  getScriptVersion(path: string): string {
    // Declarations never change while the worker lives.
    return String(this.#source(path)?.version ?? 0);
  }

  getScriptSnapshot(path: string): ts.IScriptSnapshot | undefined {
    const text = this.textOf(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  }

  getProjectVersion(): string {
    return String(this.#revision);
  }

  /** A property, because TypeScript calls it without its object. */
  readonly hasInvalidatedResolutions = (): boolean => this.#isMoved;

  getCurrentDirectory(): string {
    return "/";
  }

  getDefaultLibFileName(): string {
    return "/lib/lib.es2023.d.ts";
  }

  useCaseSensitiveFileNames(): boolean {
    return true;
  }

  fileExists(path: string): boolean {
    return this.textOf(path) !== undefined;
  }

  readFile(path: string): string | undefined {
    return this.textOf(path);
  }

  directoryExists(path: string): boolean {
    this.#folders ??= foldersOf([...this.#paths(), ...this.declarations().keys()]);
    return this.#folders.has(path.replace(/\/$/, ""));
  }

  /** What lies in a folder itself, for the completion of paths in imports. */
  readDirectory(path: string, extensions?: readonly string[]): string[] {
    const folder = path.endsWith("/") ? path : `${path}/`;
    return this.#paths().filter(
      (file) =>
        file.startsWith(folder) &&
        !file.includes("/", folder.length) &&
        (extensions?.some((ending) => file.endsWith(ending)) ?? true),
    );
  }

  getDirectories(path: string): string[] {
    const folder = path.endsWith("/") ? path : `${path}/`;
    const inside = this.#paths().filter((file) => file.startsWith(folder));
    const names = inside.map((file) => file.slice(folder.length).split("/"));
    return [...new Set(names.filter(({ length }) => length > 1).map(([name = ""]) => name))];
  }
}

/** Packages that a text names in imports. */
function importedPackages(text: string): string[] {
  const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
  const specifiers = [...importedFiles, ...typeReferenceDirectives]
    .map(({ fileName }) => fileName)
    .filter((specifier) => /^[@\w]/.test(specifier) && !specifier.startsWith("@/"));
  return [...new Set(specifiers.map(packageNameOf))];
}

function foldersOf(paths: string[]): Set<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    let end = path.lastIndexOf("/");
    while (end > 0) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
      end = path.lastIndexOf("/", end - 1);
    }
  }
  return folders;
}
