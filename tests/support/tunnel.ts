import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** The way to a server, which can be cut like a network. */
export class Tunnel {
  private readonly ends = new Set<Socket>();
  private isOpen = true;

  private constructor(private readonly server: Server) {}

  static async to(address: string): Promise<Tunnel> {
    const { hostname, port } = new URL(address);
    const server = createServer((near) => {
      if (!tunnel.isOpen) {
        near.destroy();
        return;
      }
      const far = connect(Number(port), hostname);
      for (const [end, other] of [
        [near, far],
        [far, near],
      ] as const) {
        tunnel.ends.add(end);
        end.pipe(other);
        // Either end's going, for whatever reason, is the other's.
        end.on("error", () => other.destroy());
        end.on("close", () => {
          tunnel.ends.delete(end);
          other.destroy();
        });
      }
    });
    const tunnel = new Tunnel(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return tunnel;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection; no new one is made until `mend`. */
  cut(): void {
    this.isOpen = false;
    for (const end of this.ends) end.destroy();
  }

  mend(): void {
    this.isOpen = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
