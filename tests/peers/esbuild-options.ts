// How esbuild is called, native and in WebAssembly alike.

import type { BuildOptions, Plugin } from "esbuild";

export type Files = Record<string, string>;

export const TRANSFORM = {
  loader: "tsx",
  jsx: "automatic",
  target: "esnext",
  sourcemap: "external",
} as const;

/** A build of files that lie in memory; what isn't a relative import stays one. */
export function virtualBuild(files: Files) {
  return {
    entryPoints: ["./src/App.tsx"],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    target: "esnext",
    sourcemap: "external",
    outdir: "/out",
    plugins: [virtualFiles(files)],
  } as const satisfies BuildOptions;
}

function virtualFiles(files: Files): Plugin {
  return {
    name: "virtual-files",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
        if (!path.startsWith(".")) {
          return { path, external: true };
        }
        const target = new URL(path, `file:///${importer}`).pathname.slice(1);
        const found = target in files ? target : `${target}.tsx`;
        return { path: found, namespace: "project" };
      });
      build.onLoad({ filter: /.*/, namespace: "project" }, ({ path }) => {
        const contents = files[path];
        return contents === undefined
          ? { errors: [{ text: `there is no file ${path}` }] }
          : { contents, loader: "tsx" };
      });
    },
  };
}
