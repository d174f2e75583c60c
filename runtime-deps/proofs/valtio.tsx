// proves: valtio, valtio/utils
import type { Proof } from "./harness/harness";
import { proxy, snapshot, subscribe, useSnapshot } from "valtio";
import { proxyMap, subscribeKey } from "valtio/utils";

const store = proxy({
  todos: [{ title: "Write", done: false }],
  get open() {
    return this.todos.filter(({ done }) => !done).length;
  },
});
const votes = proxyMap([["pear", 1]]);

export default function App() {
  const { todos, open } = useSnapshot(store);
  const counted = useSnapshot(votes);
  return (
    <main>
      <button onClick={() => store.todos.push({ title: "Test", done: false })}>Add</button>
      <button
        onClick={() => {
          if (store.todos[0]) store.todos[0].done = true;
          votes.set("pear", (votes.get("pear") ?? 0) + 1);
        }}
      >
        Done
      </button>
      <p>{`${open} of ${todos.length}, ${counted.get("pear")} votes`}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  const open: number[] = [];
  const stop = subscribeKey(store, "open", (value) => open.push(value));
  await t.press("text=Add");
  await t.shows("p", "2 of 2, 1 votes");
  await t.press("text=Done");
  await t.shows("p", "1 of 2, 2 votes");
  stop();
  t.equal(open, [2, 1]);
  t.equal(
    snapshot(store).todos.map(({ title }) => title),
    ["Write", "Test"],
  );
  t.equal(typeof subscribe, "function");
}
