// proves: d3-fetch
// expects: Blocked: https://example.org
// sandbox: csv(), json() and the others reach nothing on the web (an app has no network): the promise is rejected. Addresses made of the app's own data (data:, blob:) work.
import type { Proof } from "./harness/harness";
import { csv, json } from "d3-fetch";
import { useEffect, useState } from "react";

const ADDRESS = URL.createObjectURL(new Blob(["name,age\nAda,36"]));

export default function App() {
  const [name, setName] = useState<string>();
  useEffect(() => {
    csv(ADDRESS).then((rows) => setName(rows[0]?.name));
  }, []);
  return <p>{name ?? "loading"}</p>;
}

export async function prove(t: Proof) {
  await t.shows("p", "Ada");
  await t.throws(() => json("https://example.org/data.json"), /Failed to fetch/);
}
