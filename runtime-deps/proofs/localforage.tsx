// proves: localforage
// sandbox: It uses IndexedDB, which the studio keeps: 50 MB an app, 1 MB a value.
import type { Proof } from "./harness/harness";
import localforage from "localforage";
import { useState } from "react";

export default function App() {
  const [result, setResult] = useState("");
  const save = async () => {
    await localforage.setItem("cart", { items: ["pear"], at: new Date(5) });
    const cart = await localforage.getItem<{ items: string[]; at: Date }>("cart");
    setResult(`${cart?.items.join()} at ${cart?.at.getTime()} in ${localforage.driver()}`);
  };
  return <button onClick={save}>{result || "Save"}</button>;
}

export async function prove(t: Proof) {
  await localforage.clear();
  await t.press("button");
  await t.shows("button", "pear at 5 in asyncStorage");
  t.equal(await localforage.keys(), ["cart"]);
  await localforage.setItem("blob", new Blob(["hello"]));
  const blob = await localforage.getItem<Blob>("blob");
  t.equal(await blob?.text(), "hello");
  await localforage.removeItem("cart");
  t.equal(await localforage.length(), 1);
  await localforage.clear();
}
