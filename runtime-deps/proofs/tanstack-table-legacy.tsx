// proves: @tanstack/react-table/legacy
import type { Proof } from "./harness/harness";
import { flexRender } from "@tanstack/react-table";
import {
  getCoreRowModel,
  getFilteredRowModel,
  getPaginationRowModel,
  getSortedRowModel,
  legacyCreateColumnHelper,
  useLegacyTable,
} from "@tanstack/react-table/legacy";
import { useState } from "react";

interface Person {
  name: string;
  age: number;
}
const helper = legacyCreateColumnHelper<Person>();
const columns = [
  helper.accessor("name", { header: "Name" }),
  helper.accessor("age", { header: () => <b>Age</b> }),
];
const data: Person[] = Array.from({ length: 25 }, (_, index) => ({
  name: `Person ${index}`,
  age: 90 - index,
}));

export default function App() {
  const [filter, setFilter] = useState("");
  const table = useLegacyTable({
    // The helper types its columns by their value, which the table leaves open.
    columns: columns as never,
    data,
    state: { globalFilter: filter },
    onGlobalFilterChange: setFilter,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getPaginationRowModel: getPaginationRowModel(),
  });
  return (
    <main>
      <input value={filter} onChange={(event) => setFilter(event.target.value)} />
      <button onClick={() => table.nextPage()}>Next</button>
      <table>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} onClick={header.column.getToggleSortingHandler()}>
                  {flexRender(header.column.columnDef.header, header.getContext())}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

export async function prove(t: Proof) {
  const first = () => t.find("td").innerText;
  t.equal([t.all("tbody tr").length, first()], [10, "Person 0"]);
  await t.press("text=Next");
  await t.until(() => first() === "Person 10", "the second page");
  await t.press("th b");
  await t.until(() => first() === "Person 0" || first() === "Person 24", "sorted by age");
  await t.type("input", "person 7");
  await t.until(() => t.all("tbody tr").length === 1 && first() === "Person 7", "filtered");
}
