// proves: just-clone, just-compare, just-debounce-it, just-group-by, just-omit, just-pick, just-throttle, just-once, just-memoize, just-memoize-last, just-flush
import type { Proof } from "./harness/harness";
import { useMemo, useState } from "react";
import clone from "just-clone";
import compare from "just-compare";
import debounce from "just-debounce-it";
import flush from "just-flush";
import groupBy from "just-group-by";
import memoize from "just-memoize";
import memoizeLast from "just-memoize-last";
import omit from "just-omit";
import once from "just-once";
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
  t.equal(
    groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")),
    { odd: [1, 3], even: [2] },
  );
  let calculated = 0;
  const square = (n: number) => {
    calculated++;
    return n * n;
  };
  for (const call of [once(square), memoize(square), memoizeLast(square)])
    t.equal([call(3), call(3)], [9, 9]);
  t.equal(calculated, 3);
  t.equal(flush([1, undefined, 2, null]), [1, 2]);
}
