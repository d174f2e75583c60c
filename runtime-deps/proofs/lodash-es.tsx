// proves: lodash-es
import type { Proof } from "./harness/harness";
import { useMemo, useState } from "react";
// @ts-expect-error: its declarations leave the default export out
import _, { chain, debounce, groupBy, isEqual, orderBy, template, times } from "lodash-es";

const people = [
  { name: "Ada", born: 1815 },
  { name: "Grace", born: 1906 },
  { name: "Alan", born: 1912 },
];

export default function App() {
  const [found, setFound] = useState(people);
  const search = useMemo(
    () =>
      debounce(
        (text: string) => setFound(people.filter(({ name }) => name.toLowerCase().includes(text))),
        20,
      ),
    [],
  );
  return (
    <main>
      <input onChange={(event) => search(event.target.value.toLowerCase())} />
      <p>
        {orderBy(found, ["born"], ["desc"])
          .map(({ name }) => name)
          .join(", ")}
      </p>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("p", "Alan, Grace, Ada");
  await t.type("input", "a");
  await t.type("input", "al");
  await t.shows("p", "Alan");
  t.equal(Object.keys(groupBy(people, ({ born }) => Math.floor(born / 100))), ["18", "19"]);
  t.equal(isEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), true);
  t.equal(
    times(3, (n) => n * n),
    [0, 1, 4],
  );
  t.equal(_.camelCase("to do list"), "toDoList");
  t.equal(
    _([3, 1, 2])
      .sortBy()
      .map((n: number) => n * 2)
      .value(),
    [2, 4, 6],
  );
  t.equal(typeof chain, "function");
  t.equal(typeof template, "function");
}
