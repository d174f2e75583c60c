import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { required } from "./environment";

const BUILD = new URL("../../runtime-deps/build/serviceworker.mjs", import.meta.url).pathname;

/** A copy of the site, of which new builds can be put in place. */
export class Deployment {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Deployment> {
    const site = required("CUMULET_SITE");
    const folder = await mkdtemp(join(tmpdir(), "cumulet-site-"));
    for (const entry of await readdir(site, { withFileTypes: true })) {
      const [from, to] = [join(site, entry.name), join(folder, entry.name)];
      if (entry.name !== "assets") await (entry.isDirectory() ? symlink(from, to) : cp(from, to));
    }
    await mkdir(join(folder, "assets"));
    for (const name of await readdir(join(site, "assets"))) {
      await symlink(join(site, "assets", name), join(folder, "assets", name));
    }
    return new Deployment(folder);
  }

  /** Puts a build in place whose style sheet is another one, and takes the one before away. */
  async replaceStyle(text: string): Promise<void> {
    const list = join(this.folder, "assets.json");
    const before = (JSON.parse(await readFile(list, "utf8")) as { style: string }).style;
    const after = before.replace(/-\w+\.css$/, `-${Date.now().toString(36).toUpperCase()}.css`);
    const css = await readFile(join(this.folder, before), "utf8");
    await writeFile(join(this.folder, after), `${css}\n${text}`);
    await rm(join(this.folder, before));
    for (const name of ["assets.json", "index.html"]) {
      const file = join(this.folder, name);
      await writeFile(file, (await readFile(file, "utf8")).replaceAll(before, after));
      await Promise.all([".br", ".gz"].map((end) => rm(`${file}${end}`, { force: true })));
    }
    execFileSync(process.execPath, [BUILD, "--out", this.folder], { stdio: "pipe" });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
