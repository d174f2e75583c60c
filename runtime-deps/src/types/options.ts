// How a project is checked: as its tsconfig says where it has one, within what
// the bundler does.

import ts from "typescript";

/** Without a tsconfig, as Vite's template has it. */
const USUAL: ts.CompilerOptions = {
  strict: true,
  noFallthroughCasesInSwitch: true,
  allowJs: true,
  paths: { "@/*": ["/src/*"], "~/*": ["/src/*"] },
};

/** What holds whatever a tsconfig says: how the bundler resolves and compiles. */
const FIXED: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  allowArbitraryExtensions: false,
  resolveJsonModule: true,
  esModuleInterop: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

/** Options about output and builds, which nothing here makes. */
const WITHOUT = [
  "composite",
  "incremental",
  "tsBuildInfoFile",
  "declaration",
  "declarationMap",
  "emitDeclarationOnly",
  "isolatedDeclarations",
  "outDir",
  "outFile",
  "rootDir",
  "rootDirs",
  "typeRoots",
  "customConditions",
];

const USUAL_LIB = ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"];

/** Where the compiler options stand: Vite's template has them in the second. */
const CONFIGS = ["/tsconfig.json", "/tsconfig.app.json", "/jsconfig.json"];

/**
 * @param readFile text of a project's file by absolute path
 * @param hasLib whether there is a file of TypeScript's own
 */
export function optionsOf(
  readFile: (path: string) => string | undefined,
  hasLib: (name: string) => boolean,
): ts.CompilerOptions {
  const own = CONFIGS.map((path) => read(path, readFile)).find((options) => options !== undefined);
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, ...(own ?? USUAL), ...FIXED };
  for (const name of WITHOUT) delete options[name];
  if (options.jsx !== ts.JsxEmit.ReactJSX && options.jsx !== ts.JsxEmit.ReactJSXDev) {
    options.jsx = ts.JsxEmit.ReactJSX;
  }
  const lib = options.lib?.filter(hasLib) ?? [];
  options.lib = lib.length > 0 ? lib : USUAL_LIB;
  // The bundler knows these aliases without being told.
  options.paths = { ...USUAL.paths, ...options.paths };
  return options;
}

/** The options of one tsconfig; undefined when it isn't there or only refers to others. */
function read(path: string, readFile: (path: string) => string | undefined): ts.CompilerOptions | undefined {
  const text = readFile(path);
  if (text === undefined) return undefined;
  const { config } = ts.parseConfigFileTextToJson(path, text);
  if (!config || (!config.compilerOptions && !config.extends)) return undefined;
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (file) => readFile(file) !== undefined,
    readFile,
    // Which files belong to the project is not the tsconfig's to say here.
    readDirectory: () => [],
  };
  return ts.parseJsonConfigFileContent(
    { ...config, files: [], references: undefined },
    host,
    "/",
    undefined,
    path,
  ).options;
}
