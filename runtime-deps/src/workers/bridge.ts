// The bridge worker: the studio's end of the app's port. The app is hostile and
// may flood its port; here that costs the page nothing.
//
// With the page it speaks JSON text (protocol::preview::ToBridge and
// FromBridge), both ways; the port is transferred along with `connect`.

import { AppData } from "./appdata/appdata.ts";
import { Replica } from "./appdata/replica.ts";
import { DependencyFiles } from "./files.ts";
import type { FromBridge, ToBridge } from "./protocol.ts";
import { openRelay, type RelayedBuild } from "./relay.ts";
import { Session } from "./session.ts";

const files = new DependencyFiles();
const data = new AppData(
  (news) => session?.hear(news),
  (app) => post({ type: "documentsChanged", app }),
);
const replica = new Replica(data);
let session: Session | undefined;
/** The one before, while it still says what it wants kept. */
let last: Session | undefined;

function post(message: FromBridge): void {
  self.postMessage(JSON.stringify(message));
}

openRelay()?.addEventListener("message", ({ data: build }: MessageEvent<RelayedBuild>) => {
  session?.relay(build);
});

self.addEventListener("message", (event: MessageEvent<string>) => {
  const message = JSON.parse(event.data) as ToBridge;
  switch (message.type) {
    case "connect": {
      endSession();
      const port = event.ports[0];
      if (!port) throw new Error("connect came without a port");
      const depsUrl = new URL(message.depsUrl, self.location.href).href;
      session = new Session({ ...message, depsUrl }, port, files, data, post);
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
    case "navigate":
    case "traverse":
    case "pick":
    case "capture": {
      const { session: meant, ...steering } = message;
      if (session?.connect.session === meant) session.steer(steering);
      return;
    }
    case "disconnect":
      endSession();
      return;
    default:
      void answer(message);
  }
});

function endSession(): void {
  session?.close();
  last = session ?? last;
  session = undefined;
}

type DataRequest = Extract<ToBridge, { app: string }>;

/** What the studio asks about an app's data. */
async function answer(message: Exclude<DataRequest, { type: "connect" }>): Promise<void> {
  const { app } = message;
  try {
    switch (message.type) {
      case "readData": {
        await session?.settled();
        post({ type: "data", request: message.request, summary: await data.summary(app) });
        return;
      }
      case "exportData":
        await session?.settled();
        post({ type: "dataExported", request: message.request, text: await data.export(app) });
        return;
      case "clearData":
        dropSessions(app);
        await data.clear(app);
        post({ type: "dataDone", request: message.request });
        return;
      case "restoreData":
        dropSessions(app);
        await data.restore(app);
        post({ type: "dataDone", request: message.request });
        return;
      case "forgetData":
        dropSessions(app);
        replica.forget(app);
        await data.forget(app);
        return;
      case "readUnsent":
        post({ type: "unsent", app, exchange: await replica.unsent(app) });
        return;
      case "merge":
        post({ type: "merged", app, again: await replica.merge(app, message.answer) });
        return;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (message.type === "readUnsent" || message.type === "merge") post({ type: "mergeFailed", app, reason });
    if ("request" in message) post({ type: "dataFailed", request: message.request, reason });
  }
}

/** A frame on its way out would write back what is about to go. */
function dropSessions(app: string): void {
  for (const ended of [session, last]) {
    if (ended?.connect.app === app) ended.drop();
  }
}
