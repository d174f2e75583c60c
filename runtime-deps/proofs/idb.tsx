// proves: idb
// sandbox: IndexedDB in the preview is kept by the studio: 50 MB an app, 1 MB a value. Tabs don't see each other's transactions until they start anew.
import type { Proof } from "./harness/harness";
import { type DBSchema, deleteDB, openDB } from "idb";
import { useState } from "react";

interface Shop extends DBSchema {
  items: { key: number; value: { id?: number; name: string; price: number }; indexes: { price: number } };
}

const open = () =>
  openDB<Shop>("shop", 1, {
    upgrade: (database) => {
      const items = database.createObjectStore("items", { keyPath: "id", autoIncrement: true });
      items.createIndex("price", "price");
    },
  });

export default function App() {
  const [result, setResult] = useState("");
  const save = async () => {
    const db = await open();
    const transaction = db.transaction("items", "readwrite");
    for (const [name, price] of [
      ["pears", 4],
      ["figs", 2],
      ["plums", 3],
    ] as const) {
      transaction.store.add({ name, price });
    }
    await transaction.done;
    const cheap = await db.getAllFromIndex("items", "price", IDBKeyRange.upperBound(3));
    setResult(cheap.map(({ name }) => name).join());
    db.close();
  };
  return <button onClick={save}>Save: {result}</button>;
}

export async function prove(t: Proof) {
  await deleteDB("shop");
  await t.press("button");
  await t.until(() => t.text("button") === "Save: figs,plums", "the cheap ones, by price");
  const db = await open();
  let cursor = await db.transaction("items", "readwrite").store.openCursor();
  while (cursor) {
    await cursor.update({ ...cursor.value, price: cursor.value.price * 2 });
    cursor = await cursor.continue();
  }
  t.equal(
    (await db.getAll("items")).map(({ price }) => price),
    [8, 4, 6],
  );
  await t.throws(
    () => db.add("items", { id: 1, name: "again", price: 1 }),
    /ConstraintError|already exists|constraint/i,
  );
  t.equal(await db.count("items"), 3);
  db.close();
  await deleteDB("shop");
}
