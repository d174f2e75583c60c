import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = new URL("../../peers/vite.mjs", import.meta.url).pathname;

/** A project in a folder with a Vite dev server in front, in a process of its own as people run it. */
export class ViteServer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** `http://127.0.0.1:PORT` */
    readonly address: string,
  ) {}

  static async start(files: Record<string, string>): Promise<ViteServer> {
    const folder = mkdtempSync(join(tmpdir(), "cumulet-vite-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const child = spawn("node", [PROGRAM, folder], { stdio: ["pipe", "pipe", "inherit"] });
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith("listening ")) resolve(line.slice("listening ".length));
      });
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`Vite ended with ${code}`)));
    });
    return new ViteServer(child, folder, address);
  }

  /** Saves a file as an editor does. */
  save(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.stdin?.end();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
