// proves: idb
// sandbox: openDB() is rejected with a SecurityError: an app in the preview has no IndexedDB. Published apps have it. localStorage works in both.
import type { Proof } from "./harness/harness";
import { openDB } from "idb";
import { useState } from "react";

export default function App() {
  const [result, setResult] = useState("");
  const save = async () => {
    try {
      const db = await openDB("shop", 1, { upgrade: (database) => database.createObjectStore("items") });
      await db.put("items", 4, "pears");
      setResult(`${await db.get("items", "pears")} pears`);
    } catch (error) {
      setResult((error as Error).name);
    }
  };
  return <button onClick={save}>Save: {result}</button>;
}

export async function prove(t: Proof) {
  await t.press("button");
  await t.until(() => /SecurityError|4 pears/.test(t.text("button")), "an answer");
  t.equal(t.text("button"), "Save: SecurityError");
  await t.throws(() => openDB("shop", 1), /SecurityError|denied|opaque/);
}
