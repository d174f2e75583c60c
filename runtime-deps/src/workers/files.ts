// Texts of dependency files, fetched once and kept for all frames to come.
// Their integrity comes from the manifest, so a changed file is never run.

interface Manifest {
  files: Record<string, { integrity: string }>;
}

/** A file that could not be had, and why. */
export class FileFailed extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

export class DependencyFiles {
  readonly #manifests = new Map<string, Promise<Manifest>>();
  readonly #texts = new Map<string, Promise<string>>();

  /** The file's text. Throws [`FileFailed`]; a failure is not kept, so the next try starts anew. */
  text(file: string, manifestUrl: string): Promise<string> {
    const address = new URL(file, manifestUrl).href;
    return kept(this.#texts, address, async () => {
      const manifest = await this.#manifest(manifestUrl);
      const entry = Object.hasOwn(manifest.files, file) ? manifest.files[file] : undefined;
      if (!entry)
        throw new FileFailed(file, "the manifest doesn't list it; reload the page to get the newest one");
      return fetchChecked(file, address, entry.integrity);
    });
  }

  #manifest(url: string): Promise<Manifest> {
    return kept(this.#manifests, url, async () => {
      const name = new URL(url).pathname.split("/").pop() ?? url;
      let response: Response;
      try {
        response = await fetch(url);
      } catch {
        throw new FileFailed(name, "the network can't be reached");
      }
      if (!response.ok) throw new FileFailed(name, `the server answered ${response.status}`);
      try {
        return (await response.json()) as Manifest;
      } catch {
        throw new FileFailed(name, "the server sent something that is not a manifest");
      }
    });
  }
}

/** One attempt for all who ask; a failed one is forgotten. */
function kept<Value>(
  map: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  let value = map.get(key);
  if (!value) {
    value = make();
    map.set(key, value);
    value.catch(() => map.delete(key));
  }
  return value;
}

async function fetchChecked(file: string, address: string, integrity: string): Promise<string> {
  try {
    const response = await fetch(address, { integrity });
    if (!response.ok) throw new FileFailed(file, `the server answered ${response.status}`);
    return await response.text();
  } catch (error) {
    if (error instanceof FileFailed) throw error;
    throw new FileFailed(file, await whyFailed(address));
  }
}

/** A refused integrity and a dead network look alike: a second look tells them apart. Its text is not used. */
async function whyFailed(address: string): Promise<string> {
  try {
    const response = await fetch(address, { cache: "reload" });
    if (!response.ok) return `the server answered ${response.status}`;
    return "its content is not what the manifest promises (integrity); reload the page to get matching files";
  } catch {
    return "the network can't be reached";
  }
}
