import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { required } from "./environment";

/** The real server with a data folder of its own. */
export class CumuletServer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly data: string,
    /** `http://127.0.0.1:PORT` */
    readonly address: string,
  ) {}

  /** Starts the server; `ollama` is the address of its model server. */
  static async start(ollama: string): Promise<CumuletServer> {
    const data = await mkdtemp(join(tmpdir(), "cumulet-test-"));
    const child = spawn(
      required("CUMULET_SERVER"),
      ["--port", "0", "--site", required("CUMULET_SITE"), "--data", data, "--fetch-host", "127.0.0.1"],
      {
        env: { ...process.env, OLLAMA_API_URL: ollama, OLLAMA_MODEL: "scripted:latest" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let log = "";
    child.stderr.on("data", (part: Buffer) => {
      log += part.toString("utf8");
    });
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith("listening ")) {
          resolve(line.slice("listening ".length));
        }
      });
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
    });
    return new CumuletServer(child, data, address);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    await rm(this.data, { recursive: true, force: true });
  }
}
