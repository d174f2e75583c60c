import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { required } from "./environment";
import { SMALL_MODEL } from "./provider";

/** What a server is told besides the usual. */
export interface Options {
  /** Folder of the site. */
  site?: string;
  /** Each app's shell gets an origin of its own, below `localhost`. */
  appOrigins?: boolean;
  /** Pages may ask models themselves. */
  directModels?: boolean;
  /** Variables of its environment. */
  environment?: Record<string, string>;
}

/** The real server with a data folder of its own. */
export class CumuletServer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly data: string,
    /** `http://127.0.0.1:PORT` */
    readonly address: string,
  ) {}

  /** Starts the server; `ollama` is the address of its model server. */
  static async start(ollama: string, options: Options = {}): Promise<CumuletServer> {
    const site = options.site ?? required("CUMULET_SITE");
    // Their names hold the port, so it has to be known before.
    const port = String(options.appOrigins ? await freePort() : 0);
    const origins = options.appOrigins ? ["--app-origins", `http://{app}.localhost:${port}`] : [];
    const direct = options.directModels ? ["--direct-models"] : [];
    const data = await mkdtemp(join(tmpdir(), "cumulet-test-"));
    const child = spawn(
      required("CUMULET_SERVER"),
      ["--port", port, "--site", site, "--data", data, "--fetch-host", "127.0.0.1", ...origins, ...direct],
      {
        env: {
          ...process.env,
          OLLAMA_API_URL: ollama,
          OLLAMA_MODEL: "scripted:latest",
          OLLAMA_SMALL_MODEL: SMALL_MODEL,
          GENERATIONS_PER_HOUR: "0",
          ...options.environment,
        },
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

  /** Ends it; again, it has ended already. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    await rm(this.data, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
