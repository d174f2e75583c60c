// proves: file-saver
// sandbox: saveAs() becomes a request for SandboxAPI.download: the studio shows name and size, and saves when the person agrees. Published apps download.
import type { Proof } from "./harness/harness";
import { saveAs } from "file-saver";

export default function App() {
  return <button onClick={() => saveAs(new Blob(["a,b"], { type: "text/csv" }), "table.csv")}>Export</button>;
}

export async function prove(t: Proof) {
  const links: HTMLAnchorElement[] = [];
  const dispatch = HTMLAnchorElement.prototype.dispatchEvent;
  HTMLAnchorElement.prototype.dispatchEvent = function (this: HTMLAnchorElement, event) {
    links.push(this);
    return dispatch.call(this, event);
  };
  await t.press("text=Export");
  await t.until(() => links.length > 0, "a link is clicked");
  t.equal(links[0]?.download, "table.csv");
  t.equal(await (await fetch(links[0]?.href ?? "")).text(), "a,b");
  t.equal(await t.downloads(), 0, "downloads");
}
