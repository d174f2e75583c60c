// @ts-check
/**
 * Brotli and gzip at their best levels. Results are kept in a cache folder by
 * content, because the best level is slow and most files don't change.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Files compressed at once: as many as zlib has threads. */
const PARALLEL = 4;

/** @typedef {{ brotli: Buffer, gzip: Buffer }} Compressed */

/**
 * @param {Map<string, Buffer>} contents by name
 * @param {string} cache folder, made when missing
 * @returns {Promise<Map<string, Compressed>>} by name
 */
export async function compressAll(contents, cache) {
  await mkdir(cache, { recursive: true });
  const queue = [...contents];
  /** @type {Map<string, Compressed>} */
  const done = new Map();
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      done.set(next[0], await compress(next[1], cache));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return done;
}

/** @param {Buffer} content @param {string} cache @returns {Promise<Compressed>} */
async function compress(content, cache) {
  const key = createHash("sha256").update(content).digest("hex");
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  return {
    brotli: await cached(path.join(cache, `${key}.br`), () => brotli(content, { params })),
    gzip: await cached(path.join(cache, `${key}.gz`), () => deflate(content, { level: 9 })),
  };
}

/** @param {string} file @param {() => Promise<Buffer>} make */
async function cached(file, make) {
  try {
    return await readFile(file);
  } catch {
    const made = await make();
    // Renamed into place: a build that is ended half-way leaves no half file behind.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, made);
    await rename(draft, file);
    return made;
  }
}
