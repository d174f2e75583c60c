// proves: react-virtualized
import type { Proof } from "./harness/harness";
import { Column, List, Table } from "react-virtualized";

const people = Array.from({ length: 500 }, (_, index) => ({ name: `Person ${index}`, age: index % 90 }));

export default function App() {
  return (
    <main>
      <List
        id="list"
        width={400}
        height={200}
        rowCount={people.length}
        rowHeight={20}
        rowRenderer={({ key, index, style }) => (
          <p key={key} style={style}>
            {people[index]?.name}
          </p>
        )}
      />
      <Table
        width={300}
        height={150}
        headerHeight={20}
        rowHeight={20}
        rowCount={people.length}
        rowGetter={({ index }) => people[index]}
      >
        <Column label="Name" dataKey="name" width={200} />
        <Column label="Age" dataKey="age" width={100} />
      </Table>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until("Person 3");
  t.ok(t.all("p").length < 60, "only what is seen is there");
  const list = t.find("#list");
  t.equal(list.offsetWidth, 400);
  list.scrollTop = 8_000;
  await t.until(() => t.all("p").some((row) => row.innerText === "Person 402"), "row 402 after scrolling");
  t.equal(
    t.all(".ReactVirtualized__Table__headerColumn").map((head) => head.innerText),
    ["Name", "Age"],
  );
}
