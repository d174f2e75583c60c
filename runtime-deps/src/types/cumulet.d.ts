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
