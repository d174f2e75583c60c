// proves: react-window
import type { Proof } from "./harness/harness";
import { Grid, List, type RowComponentProps, useListRef } from "react-window";

function Row({ index, style, names, ariaAttributes }: RowComponentProps<{ names: string[] }>) {
  return (
    <p className="row" style={style} {...ariaAttributes}>
      {names[index]}
    </p>
  );
}

const names = Array.from({ length: 1_000 }, (_, index) => `Person ${index}`);

export default function App() {
  const list = useListRef(null);
  return (
    <main>
      <button onClick={() => list.current?.scrollToRow({ index: 900 })}>Go</button>
      <List
        listRef={list}
        rowComponent={Row}
        rowCount={names.length}
        rowHeight={25}
        rowProps={{ names }}
        style={{ height: 200 }}
      />
      <Grid
        cellComponent={({ rowIndex, columnIndex, style }) => <i style={style}>{rowIndex * columnIndex}</i>}
        cellProps={{}}
        rowCount={100}
        columnCount={100}
        rowHeight={20}
        columnWidth={40}
        style={{ height: 100, width: 200 }}
      />
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until("Person 5");
  t.ok(t.all(".row").length < 40, "only what is seen is there");
  await t.press("text=Go");
  await t.until("Person 900");
  t.ok(
    t.all("i").some((cell) => cell.innerText === "4"),
    "cells of the grid",
  );
  t.ok(t.all("i").length < 300, "only what is seen of the grid");
}
