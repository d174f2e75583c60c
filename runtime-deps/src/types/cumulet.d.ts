// What an app has besides TypeScript's own declarations and those of packages:
// the files that it may import, and import.meta, as the bundler makes them.
// The editor's language service gives this file to every project.

interface ImportMetaEnv {
  /** `development` in the preview, `production` in a published app. */
  readonly MODE: string;
  readonly BASE_URL: string;
  readonly DEV: boolean;
  readonly PROD: boolean;
  readonly SSR: boolean;
  /** The `VITE_` and `PUBLIC_` names of the project's `.env` files. */
  readonly [name: `VITE_${string}`]: string;
  readonly [name: `PUBLIC_${string}`]: string;
}

interface ImportMetaGlobOptions<Eager extends boolean> {
  /** The modules themselves, rather than functions that load them. */
  readonly eager?: Eager;
  /** The one name that is wanted of each file. */
  readonly import?: string;
  /** `?raw`, `?url`, `?inline` or `?react`. */
  readonly query?: string;
  readonly exhaustive?: boolean;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
  /** Always undefined: modules are replaced without their help. */
  readonly hot: undefined;
  /** The project's files that match the patterns, by path. */
  glob<Module = unknown>(
    patterns: string | readonly string[],
    options: ImportMetaGlobOptions<true> & { readonly eager: true },
  ): Record<string, Module>;
  glob<Module = unknown>(
    patterns: string | readonly string[],
    options?: ImportMetaGlobOptions<false>,
  ): Record<string, () => Promise<Module>>;
}

/** The environment by the name that it has in Node.js; otherwise as `import.meta.env`. */
declare var process: { readonly env: { readonly [name: string]: string | undefined } };

declare module "cumulet" {
  /** Why `SandboxAPI` didn't do what it was asked. */
  export type SandboxErrorCode =
    /** The person said no. */
    | "denied"
    /** Too many calls or dialogs wait for their answers. */
    | "too_many"
    /** This needs the Cumulet server, and there is none. */
    | "needs_server"
    /** Not an address, a method or a header that can be sent. */
    | "invalid"
    /** An address of a private network. */
    | "forbidden_address"
    /** More than 100 requests in a minute. */
    | "rate_limited"
    /** More than 128 KB to send, 2 MB to get, or 50 MB to save. */
    | "too_large"
    /** No answer within 10 seconds. */
    | "unreachable"
    /** The browser doesn't do it. */
    | "unavailable";

  /** What the functions of `SandboxAPI` reject with; the message says what to do next. */
  export class SandboxError extends Error {
    readonly name: "SandboxError";
    readonly code: SandboxErrorCode;
  }

  export const appData: typeof globalThis.appData;
  export const useAppData: typeof globalThis.useAppData;

  /** What an app can ask of the studio around it. Also there without an import. */
  export const SandboxAPI: {
    /**
     * As the browser's `fetch`, by way of the Cumulet server: absolute https addresses that are
     * public, without cookies and without `Authorization`. The person is asked once for each host.
     * At most 128 KB to send, 2 MB to get, 10 seconds, 100 requests a minute.
     */
    fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
    /** Saves a file when the person agrees; at most 50 MB. */
    download(name: string, data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): Promise<void>;
    /** Opens an http or https address in a new tab when the person agrees; says whether it was opened. */
    openExternal(url: string | URL): Promise<boolean>;
    /** Shows a text until it is closed. */
    alert(text: string): Promise<void>;
    /** Asks a question; `true` for OK, `false` for Cancel. */
    confirm(text: string): Promise<boolean>;
    /** Asks for a line of text; `null` when it is cancelled. */
    prompt(text: string, initial?: string): Promise<string | null>;
    readonly clipboard: {
      /** Copies a text: at once after a click in the app, otherwise the person is asked. */
      writeText(text: string): Promise<void>;
      /** The copied text; the person is asked. */
      readText(): Promise<string>;
    };
    /** Values that outlive a reload, kept as JSON in `localStorage`. */
    readonly storage: {
      /** The value, or `undefined` when there is none. */
      get<Value = unknown>(key: string): Promise<Value | undefined>;
      set(key: string, value: unknown): Promise<void>;
      remove(key: string): Promise<void>;
      keys(): Promise<string[]>;
      /** Removes what was set here, and nothing else. */
      clear(): Promise<void>;
    };
    /** The studio's colours now. */
    readonly theme: "light" | "dark";
    /** The person as the app may know them: the same in this app and browser, another one in every other. */
    readonly user: { readonly id: string };
  };
}

declare const SandboxAPI: typeof import("cumulet")["SandboxAPI"];

declare module "*.module.css" {
  const classes: { readonly [name: string]: string };
  export default classes;
}

declare module "*.css" {}

declare module "*?raw" {
  const text: string;
  export default text;
}

declare module "*?url" {
  const address: string;
  export default address;
}

declare module "*?no-inline" {
  const address: string;
  export default address;
}

declare module "*?inline" {
  const text: string;
  export default text;
}

declare module "*.svg?react" {
  export const ReactComponent: import("react").FunctionComponent<import("react").SVGProps<SVGSVGElement>>;
  export default ReactComponent;
}

declare module "*.svg" {
  const address: string;
  export default address;
  export const ReactComponent: import("react").FunctionComponent<import("react").SVGProps<SVGSVGElement>>;
}

declare module "*.aac" {
  const address: string;
  export default address;
}

declare module "*.avif" {
  const address: string;
  export default address;
}

declare module "*.eot" {
  const address: string;
  export default address;
}

declare module "*.flac" {
  const address: string;
  export default address;
}

declare module "*.gif" {
  const address: string;
  export default address;
}

declare module "*.ico" {
  const address: string;
  export default address;
}

declare module "*.jpeg" {
  const address: string;
  export default address;
}

declare module "*.jpg" {
  const address: string;
  export default address;
}

declare module "*.mp3" {
  const address: string;
  export default address;
}

declare module "*.mp4" {
  const address: string;
  export default address;
}

declare module "*.ogg" {
  const address: string;
  export default address;
}

declare module "*.otf" {
  const address: string;
  export default address;
}

declare module "*.pdf" {
  const address: string;
  export default address;
}

declare module "*.png" {
  const address: string;
  export default address;
}

declare module "*.ttf" {
  const address: string;
  export default address;
}

declare module "*.wasm" {
  const address: string;
  export default address;
}

declare module "*.wav" {
  const address: string;
  export default address;
}

declare module "*.webm" {
  const address: string;
  export default address;
}

declare module "*.webp" {
  const address: string;
  export default address;
}

declare module "*.woff" {
  const address: string;
  export default address;
}

declare module "*.woff2" {
  const address: string;
  export default address;
}

/** What every document of a collection has besides its own fields. */
interface AppDocument {
  readonly id: string;
  /** ISO 8601, as `2026-11-22T19:30:00.000Z`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a field must be; all that are given must hold. */
interface AppDataCondition<Value> {
  eq?: Value | null;
  ne?: Value | null;
  gt?: Value;
  gte?: Value;
  lt?: Value;
  lte?: Value;
  in?: readonly (Value | null)[];
  /** Part of a text, whatever the case, or an element of a list. */
  contains?: Value extends readonly (infer Part)[] ? Part : string;
  startsWith?: string;
}

/** Which documents, in which order, and how many of them. */
interface AppDataQuery<Fields> {
  /** Values or conditions by field, or a function. `undefined` is no condition. */
  where?:
    | {
        [Name in keyof (Fields & AppDocument)]?:
          | (Fields & AppDocument)[Name]
          | null
          | AppDataCondition<NonNullable<(Fields & AppDocument)[Name]>>;
      }
    | ((document: Fields & AppDocument) => boolean);
  /** A field or several; with `-` before it the largest come first. By default the oldest come first. */
  sort?: AppDataSort<Fields> | readonly AppDataSort<Fields>[];
  limit?: number;
  offset?: number;
}

type AppDataSort<Fields> = keyof (Fields & AppDocument) & string extends infer Name extends string
  ? Name | `-${Name}`
  : never;

/** Why a change was not kept. */
interface AppDataError extends Error {
  /**
   * `invalid`: no JSON, or more than 64 KB; `quota`: the collection (10,000 documents), the app's
   * collections (50) or its data (50 MB) are full; `exists`, `missing`: a document of this id;
   * `failed`: the browser couldn't.
   */
  readonly code: "invalid" | "quota" | "exists" | "missing" | "failed";
  readonly collection: string;
  readonly id: string | undefined;
}

/** Changes show at once; the promises resolve when they are kept, and reject with [`AppDataError`]. */
interface AppDataActions<Fields> {
  list(query?: AppDataQuery<Fields>): Promise<(Fields & AppDocument)[]>;
  /** As `list`, with the number of documents on all pages. */
  query(query?: AppDataQuery<Fields>): Promise<{ items: (Fields & AppDocument)[]; total: number }>;
  get(id: string): Promise<(Fields & AppDocument) | undefined>;
  /** Keeps a new document; gives it an id unless it has one. */
  create(fields: Fields & { readonly id?: string }): Promise<Fields & AppDocument>;
  /** Changes the given fields and leaves the others. */
  update(id: string, fields: Partial<Fields>): Promise<Fields & AppDocument>;
  remove(id: string): Promise<void>;
}

interface AppDataCollection<Fields> extends AppDataActions<Fields> {
  /** Calls back after every change, of this tab or another. Returns what ends that. */
  subscribe(listener: () => void): () => void;
}

interface AppDataState<Fields> extends AppDataActions<Fields> {
  /** The documents that the query asks for. */
  readonly items: (Fields & AppDocument)[];
  /** Documents that match, on all pages. */
  readonly total: number;
  /** True until the collection is there, a few milliseconds. */
  readonly isLoading: boolean;
  /** Of the last change that was not kept. */
  readonly error: AppDataError | undefined;
}

/**
 * A collection of documents that the app keeps, live in this component and in other tabs.
 *
 *     const { items, create, update, remove } = useAppData<Todo>("todos", { where: { done: false } });
 */
declare function useAppData<Fields extends object = Record<string, unknown>>(
  collection: string,
  query?: AppDataQuery<NoInfer<Fields>>,
): AppDataState<Fields>;

/** The same collection outside of components. */
declare function appData<Fields extends object = Record<string, unknown>>(
  collection: string,
): AppDataCollection<Fields>;
