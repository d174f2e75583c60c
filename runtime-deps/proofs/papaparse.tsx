// proves: papaparse
// sandbox: With worker: true it makes a worker of its own script's address, which it can't find here: leave the option out. download: true reaches nothing on the web.
import type { Proof } from "./harness/harness";
import Papa from "papaparse";
import { useState } from "react";

export default function App() {
  const [rows, setRows] = useState<Record<string, unknown>[]>([]);
  const read = (file: File | undefined) =>
    file &&
    Papa.parse<Record<string, unknown>>(file, {
      header: true,
      dynamicTyping: true,
      complete: ({ data }) => setRows(data),
    });
  return (
    <main>
      <input type="file" onChange={(event) => read(event.target.files?.[0])} />
      <pre>{JSON.stringify(rows)}</pre>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.files("input", [
    { name: "people.csv", mimeType: "text/csv", text: 'name,age\n"Lovelace, Ada",36\nGrace,85' },
  ]);
  await t.shows("pre", '[{"name":"Lovelace, Ada","age":36},{"name":"Grace","age":85}]');
  t.equal(Papa.unparse([{ a: 1, b: 'say "x"' }]), 'a,b\r\n1,"say ""x"""');
  t.equal(Papa.parse("a;b\n1;2").meta.delimiter, ";");
}
