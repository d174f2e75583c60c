import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A host outside of Cumulet, on the loopback address, which the tests' server lets apps reach. */
export class OutsideHost {
  /** Addresses that were asked for. */
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<OutsideHost> {
    const server = createServer();
    const host = new OutsideHost(server);
    server.on("request", (request, response) => {
      host.asked.push(request.url ?? "");
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return host;
  }

  /** `127.0.0.1:PORT` */
  get host(): string {
    const { port } = this.server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  get address(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
