// What `wasm-bindgen --target web` makes of publish/worker, as far as it is used here.

export default function start(options: { module_or_path: unknown }): Promise<unknown>;

export class Publisher {
  constructor(manifest: string);
  build(files: string): string;
  supply(file: string, text: string): void;
  site(css: string, runtime: string, decorators: string, options: string): string;
  free(): void;
}
