// proves: zustand/middleware/immer, zustand/traditional
import type { Proof } from "./harness/harness";
import { create } from "zustand";
import { immer } from "zustand/middleware/immer";
import { createWithEqualityFn } from "zustand/traditional";

interface Board {
  columns: { name: string; cards: string[] }[];
  add(card: string): void;
}

const useBoard = create<Board>()(
  immer((set) => ({
    columns: [{ name: "todo", cards: [] }],
    add: (card) =>
      set((board) => {
        board.columns[0]?.cards.push(card);
      }),
  })),
);
const useName = createWithEqualityFn<{ name: string }>()(() => ({ name: "Board" }), Object.is);

export default function App() {
  const { columns, add } = useBoard();
  return (
    <main>
      <button onClick={() => add("write")}>Add</button>
      <p>{`${useName(({ name }) => name)}: ${columns[0]?.cards.join()}`}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  const before = useBoard.getState().columns;
  await t.press("text=Add");
  await t.press("text=Add");
  await t.shows("p", "Board: write,write");
  t.equal(before[0]?.cards, [], "what was there before");
}
