// The bridge worker: the studio's end of the app's port. The app is hostile and
// may flood its port; here that costs the page nothing.
//
// With the page it speaks JSON text (protocol::preview::ToBridge and
// FromBridge), both ways; the port is transferred along with `connect`.

import { DependencyFiles } from "./files.ts";
import type { FromBridge, ToBridge } from "./protocol.ts";
import { Session } from "./session.ts";

const files = new DependencyFiles();
let session: Session | undefined;

function post(message: FromBridge): void {
  self.postMessage(JSON.stringify(message));
}

self.addEventListener("message", (event: MessageEvent<string>) => {
  const message = JSON.parse(event.data) as ToBridge;
  switch (message.type) {
    case "connect": {
      session?.close();
      const port = event.ports[0];
      if (!port) throw new Error("connect came without a port");
      const depsUrl = new URL(message.depsUrl, self.location.href).href;
      session = new Session({ ...message, depsUrl }, port, files, post);
      return;
    }
    case "load":
      // A build for a frame that is gone comes too late.
      if (session?.connect.session === message.session) session.load(message);
      return;
    case "answer":
      // So does an answer for one.
      if (session?.connect.session === message.session) session.answer(message.id, message.answer);
      return;
    case "disconnect":
      session?.close();
      session = undefined;
      return;
  }
});
