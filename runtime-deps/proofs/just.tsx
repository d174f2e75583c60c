// proves: just-clone, just-compare, just-debounce-it, just-group-by, just-omit, just-pick, just-throttle
import type { Proof } from "./harness/harness";
import { useMemo, useState } from "react";
import clone from "just-clone";
import compare from "just-compare";
import debounce from "just-debounce-it";
import groupBy from "just-group-by";
import omit from "just-omit";
import pick from "just-pick";
import throttle from "just-throttle";

export default function App() {
  const [saved, setSaved] = useState("");
  const [calls, setCalls] = useState(0);
  const save = useMemo(() => debounce(setSaved, 30), []);
  const count = useMemo(() => throttle(() => setCalls((n) => n + 1), 60_000, { leading: true }), []);
  return (
    <main>
      <input
        onChange={({ target }) => {
          save(target.value);
          count();
        }}
      />
      <p>{`${saved} after ${calls}`}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.type("input", "pear");
  await t.shows("p", "pear after 1");
  const order = { id: 1, lines: [{ item: "pear" }], secret: "x" };
  const copy = clone(order);
  t.ok(compare(copy, order) && copy.lines !== order.lines, "a deep copy");
  t.equal(pick(order, ["id"]), { id: 1 });
  t.equal(omit(order, ["lines", "secret"]), { id: 1 });
  t.equal(groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")), { odd: [1, 3], even: [2] });
}
