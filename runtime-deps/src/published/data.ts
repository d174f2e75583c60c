// `useAppData` of a published app: its page has an IndexedDB of its own, so what
// the studio's bridge does for a preview happens here, in one page.

import { AppCollections } from "../frame/appdata/appdata.ts";
import type { Dependencies } from "../frame/dependencies.ts";
import { Journal } from "../frame/journal.ts";
import type { FromFrame, ToFrame } from "../frame/messages.ts";
import { AppData } from "../workers/appdata/appdata.ts";
import { DataLink } from "../workers/appdata/link.ts";

/** Collections that open their database when they are first used. `site` tells the sites of one host apart. */
export function publishedCollections(site: string, dependencies: Dependencies): AppCollections {
  let link: DataLink | undefined;
  const open = () => {
    link ??= new DataLink(site, new AppData((news) => news.app === site && link?.hear(news)), hear);
    return link;
  };
  const send = (message: FromFrame) => {
    if (message.type === "store") open().store(message.seq, message.changes);
    else if (message.type === "openCollection") open().openCollection(message.collection);
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
