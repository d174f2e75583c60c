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
