// What build/types.mjs writes: the list of the declarations' files, and the files.

export interface TypesFile {
  file: string;
  bytes: number;
}

export interface TypesPackage extends TypesFile {
  /** Other packages that its declarations need. */
  needs: string[];
  /** What an app may import of it; none of packages that only others need. */
  specifiers: string[];
}

export interface TypesIndex {
  version: 1;
  lib: TypesFile;
  packages: Record<string, TypesPackage>;
}

export interface TypesContent {
  /** Text by path, without a slash in front. */
  files: Record<string, string>;
  needs: string[];
}
