// What `wasm-bindgen --target web` makes of bundler-wasm/worker, as far as it is used here.

export default function start(options: { module_or_path: unknown }): Promise<unknown>;

export class Bundler {
  constructor(manifest: string);
  build(changes: string): string;
  supply(file: string, text: string): void;
  resolvePositions(positions: string): string;
  reset(): void;
  free(): void;
}

export function transform(path: string, text: string): string;
