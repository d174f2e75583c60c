// proves: localforage
// sandbox: An app in the preview has no IndexedDB, so that it falls back to localStorage, which the preview keeps. Published apps use IndexedDB.
import type { Proof } from "./harness/harness";
import localforage from "localforage";
import { useState } from "react";

export default function App() {
  const [result, setResult] = useState("");
  const save = async () => {
    await localforage.setItem("cart", { items: ["pear"], at: 5 });
    const cart = await localforage.getItem<{ items: string[] }>("cart");
    setResult(`${cart?.items.join()} in ${localforage.driver()}`);
  };
  return <button onClick={save}>{result || "Save"}</button>;
}

export async function prove(t: Proof) {
  await t.press("button");
  await t.shows("button", "pear in localStorageWrapper");
  t.equal(await localforage.keys(), ["cart"]);
  t.ok(
    Object.keys(localStorage).some((key) => key.includes("cart")),
    "it lies in localStorage",
  );
  await localforage.removeItem("cart");
  t.equal(await localforage.length(), 0);
}
