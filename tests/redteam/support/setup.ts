import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { readFileSync } from "node:fs";
import { EVIL } from "./receiver";

/** Before anything runs: nothing that an attack sends can leave this machine. */
export default async function setup(): Promise<void> {
  if (process.env.CUMULET_REDTEAM_ALONE !== "1") {
    throw new Error("run the red team in a network of its own: cargo xtask test --only redteam");
  }
  const foreign = Object.keys(networkInterfaces()).filter((name) => !["lo", "evil", "void"].includes(name));
  if (foreign.length > 0) throw new Error(`the network has a way out: ${foreign.join(", ")}`);
  const servers = readFileSync("/etc/resolv.conf", "utf8").match(/^nameserver .*$/gm) ?? [];
  if (servers.join() !== `nameserver ${EVIL}`) throw new Error(`names would be asked of ${servers.join()}`);
  if ((await connects("192.0.2.1")) || (await connects("203.0.113.1")))
    throw new Error("something answers outside");
}

function connects(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port: 80, timeout: 500 });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.on("connect", () => end(true));
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });
}
