// proves: nanoid, uuid
import type { Proof } from "./harness/harness";
import { useState } from "react";
import { customAlphabet, nanoid } from "nanoid";
import { NIL, parse, stringify, v4 as uuid, v5, v7, validate, version } from "uuid";

const code = customAlphabet("ABC", 5);

export default function App() {
  const [ids, setIds] = useState<string[]>([]);
  return (
    <main>
      <button onClick={() => setIds([...ids, nanoid()])}>Add</button>
      <ul>
        {ids.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Add");
  await t.press("text=Add");
  await t.until(() => t.all("li").length === 2);
  t.ok(
    t.all("li").every(({ innerText }) => /^[\w-]{21}$/.test(innerText)),
    "21 characters each",
  );
  t.ok(/^[ABC]{5}$/.test(code()), "an alphabet of one's own");
  t.ok(validate(uuid()) && version(uuid()) === 4, "a random UUID");
  t.equal(v5("cumulet", v5.DNS), v5("cumulet", v5.DNS));
  t.equal(version(v7()), 7);
  t.equal(stringify(parse(NIL)), NIL);
}
