// The types worker: TypeScript's language service, with JSON text both ways
// (messages.ts).

import { Conversation } from "./conversation.ts";
import type { ToTypes } from "./messages.ts";

/** A new task, without the delay that browsers add to nested timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

const conversation = new Conversation((message) => self.postMessage(JSON.stringify(message)), nextTask);

self.addEventListener("message", (event: MessageEvent<string>) => {
  const message = JSON.parse(event.data) as ToTypes;
  if (message.type === "start") message.indexUrl = new URL(message.indexUrl, self.location.href).href;
  conversation.take(message);
});
