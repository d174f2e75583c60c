// How oxc is called, native and in WebAssembly alike.

export const OPTIONS = {
  sourcemap: true,
  target: "esnext",
  jsx: { runtime: "automatic", refresh: true },
} as const;

interface Result {
  code: string;
  map?: { mappings: string } | undefined;
  errors: { message: string }[];
}

/** oxc reports errors beside its output instead of throwing them. */
export function output({ code, map, errors }: Result) {
  const [error] = errors;
  if (error) {
    throw new Error(error.message);
  }
  return { code, map: map?.mappings };
}
