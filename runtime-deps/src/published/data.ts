// `useAppData` of a published app: its page has an IndexedDB of its own, so what
// the studio's bridge does for a preview happens here, in one page.

import { AppCollections } from "../frame/appdata/appdata.ts";
import type { Dependencies } from "../frame/dependencies.ts";
import { Journal } from "../frame/journal.ts";
import type { FromFrame, ToFrame } from "../frame/messages.ts";
import { AppData } from "../workers/appdata/appdata.ts";
import { DataLink } from "../workers/appdata/link.ts";

type Collections = Pick<AppCollections, "appData" | "useAppData">;

/** Made when they are first used. `site` tells the sites of one host apart. */
export function publishedCollections(site: string, dependencies: Dependencies): Collections {
  let made: AppCollections | undefined;
  const collections = () => {
    made ??= makeCollections(site, dependencies);
    return made;
  };
  return {
    appData: (name) => collections().appData(name),
    useAppData: (name, query) => collections().useAppData(name, query),
  };
}

function makeCollections(site: string, dependencies: Dependencies): AppCollections {
  const link = new DataLink(site, new AppData((news) => news.app === site && link.hear(news)), hear);
  const send = (message: FromFrame) => {
    if (message.type === "store") link.store(message.seq, message.changes);
    else if (message.type === "openCollection") link.openCollection(message.collection);
  };
  const journal = new Journal(send, () => {
    console.warn("The browser doesn't keep what the app stores: it is gone when the page is closed.");
  });
  const collections = new AppCollections(journal, send, dependencies);
  function hear(message: ToFrame): void {
    if (message.type === "stored") journal.acknowledge(message);
    if (message.type === "stored" || message.type === "elsewhere") collections.hear(message.documents);
    else if (message.type === "collection") collections.load(message);
  }
  return collections;
}
