// proves: zustand, zustand/middleware, zustand/react/shallow, zustand/shallow
import type { Proof } from "./harness/harness";
import { create } from "zustand";
import { createJSONStorage, devtools, persist, subscribeWithSelector } from "zustand/middleware";
import { useShallow } from "zustand/react/shallow";
import { shallow, useShallow as same } from "zustand/shallow";

interface Cart {
  items: string[];
  add(item: string): void;
}

const useCart = create<Cart>()(
  devtools(
    subscribeWithSelector(
      persist((set) => ({ items: [], add: (item) => set(({ items }) => ({ items: [...items, item] })) }), {
        name: "cart",
        storage: createJSONStorage(() => localStorage),
        partialize: ({ items }) => ({ items }),
      }),
    ),
  ),
);

export default function App() {
  const { items, add } = useCart(useShallow(({ items, add }) => ({ items, add })));
  return (
    <main>
      <button onClick={() => add("pear")}>Add</button>
      <p>{items.join(", ")}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Add");
  await t.press("text=Add");
  await t.shows("p", "pear, pear");
  t.equal(JSON.parse(localStorage.getItem("cart") ?? "null"), {
    state: { items: ["pear", "pear"] },
    version: 0,
  });
  const seen: number[] = [];
  const stop = useCart.subscribe(
    ({ items }) => items.length,
    (length) => seen.push(length),
  );
  useCart.getState().add("plum");
  stop();
  t.equal(seen, [3]);
  t.ok(shallow({ a: 1 }, { a: 1 }) && !shallow({ a: {} }, { a: {} }), "shallow comparison");
  t.equal(same, useShallow);
}
