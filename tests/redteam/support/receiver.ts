import { execFileSync } from "node:child_process";
import { createSocket, type Socket as Datagrams } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The receiver's address: a public one, as far as the browser knows. */
export const EVIL = "203.0.113.7";
/** Every name below it leads to the receiver. */
const ZONE = "evil.example";

/** Something that got out. */
export interface Received {
  kind: "dns" | "tcp" | "http" | "udp";
  /** Name that was asked for, address and headers of the request, or the packet's text. */
  text: string;
}

/** Listens for everything that an app could send: name lookups, connections, requests, packets. */
export class Receiver {
  readonly log: Received[] = [];
  private readonly servers: Server[] = [];
  private readonly sockets: Datagrams[] = [];
  private readonly connections = new Set<Socket>();

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    const answer = receiver.answer.bind(receiver);
    await Promise.all([
      receiver.listenUdp(53, (packet) => receiver.lookUp(packet)),
      // QUIC, and STUN with TURN.
      receiver.listenUdp(443),
      receiver.listenUdp(3478),
      receiver.listenTcp(createHttp(answer), 80),
      receiver.listenTcp(createHttps(certificate(), answer), 443),
      receiver.listenTcp(
        createTcp((socket) => socket.on("data", (data) => receiver.heard("tcp", data.toString("latin1")))),
        3478,
      ),
    ]);
    return receiver;
  }

  /** What has been received since `from`, a length of the log. */
  since(from: number): Received[] {
    return this.log.slice(from);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.close();
    for (const connection of this.connections) connection.destroy();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private heard(kind: Received["kind"], text: string): void {
    this.log.push({ kind, text });
  }

  private async listenTcp(server: Server, port: number): Promise<void> {
    server.on("connection", (socket: Socket) => {
      this.heard("tcp", `connection to port ${port}`);
      this.connections.add(socket);
      socket.on("close", () => this.connections.delete(socket));
      socket.on("error", () => socket.destroy());
    });
    server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
      this.heard("http", requestText(request));
      socket.destroy();
    });
    this.servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, EVIL, resolve);
    });
  }

  private async listenUdp(port: number, reply?: (packet: Buffer) => Buffer | undefined): Promise<void> {
    const socket = createSocket("udp4");
    this.sockets.push(socket);
    socket.on("message", (packet, from) => {
      if (!reply) this.heard("udp", `port ${port}: ${packet.toString("latin1")}`);
      const answer = reply?.(packet);
      if (answer) socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(port, EVIL, resolve);
    });
  }

  /** Answers a name lookup; those of the browser's own, for other zones, aren't the app's doing. */
  private lookUp(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString("latin1", at + 1, at + 1 + length));
      at += length + 1;
    }
    const question = query.subarray(12, at + 5);
    const name = labels.join(".").toLowerCase();
    const isA = query.readUInt16BE(at + 1) === 1;
    const known = name.endsWith(ZONE);
    if (known) this.heard("dns", name);
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(known && isA ? 1 : 0, 6);
    const address = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...EVIL.split(".").map(Number)]);
    return Buffer.concat(known && isA ? [head, question, address] : [head, question]);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.heard("http", requestText(request));
    const path = request.url ?? "";
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("content-type", typeOf(path));
    // Kept alive, a connection would serve the next attack without a trace of its own.
    response.setHeader("connection", "close");
    response.setHeader("cache-control", "no-store");
    response.end(
      path.endsWith(".json") ? '{"evil":true}' : path.endsWith(".css") ? "a{}" : "globalThis.__evil=1",
    );
  }
}

function requestText(request: IncomingMessage): string {
  return `${request.method} ${request.headers.host}${request.url}`;
}

function typeOf(path: string): string {
  const types: Record<string, string> = {
    ".css": "text/css",
    ".json": "application/json",
    ".html": "text/html",
  };
  return types[/\.\w+$/.exec(path)?.[0] ?? ""] ?? "text/javascript";
}

/** A certificate of the moment; the browser is told to take any. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "cumulet-redteam-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-days", "2", "-subj", `/CN=${ZONE}`, "-addext", `subjectAltName=DNS:*.${ZONE}`];
  execFileSync("openssl", [...request, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}
