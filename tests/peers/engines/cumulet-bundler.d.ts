// What `wasm-bindgen --target web` makes of bundler-wasm/worker, as far as it is used here.
declare module "cumulet-bundler" {
  export default function init(options: { module_or_path: URL }): Promise<unknown>;
  export function transform(path: string, text: string): string;
  export class Bundler {
    constructor(manifest: string);
    build(changes: string): string;
    supply(file: string, text: string): void;
    free(): void;
  }
}
