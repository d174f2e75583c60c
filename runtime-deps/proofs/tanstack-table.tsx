// proves: @tanstack/react-table
import type { Proof } from "./harness/harness";
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";

interface Person {
  name: string;
  age: number;
}
const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});
const helper = createColumnHelper<typeof features, Person>();
const columns = helper.columns([
  helper.accessor("name", { header: "Name", sortFn: "alphanumeric" }),
  helper.accessor("age", {
    header: "Age",
    cell: ({ getValue }) => <b>{getValue()}</b>,
    sortFn: "alphanumeric",
  }),
]);
const data: Person[] = [
  { name: "Grace", age: 85 },
  { name: "Ada", age: 36 },
];

export default function App() {
  const table = useTable({ features, columns, data });
  return (
    <table>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} onClick={header.column.getToggleSortingHandler()}>
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export async function prove(t: Proof) {
  const cells = () =>
    t
      .all("td")
      .map((cell) => cell.innerText)
      .join();
  t.equal(cells(), "Grace,85,Ada,36");
  await t.press("th");
  await t.until(() => cells() === "Ada,36,Grace,85", "sorted by name");
  await t.press("th");
  await t.until(() => cells() === "Grace,85,Ada,36", "sorted the other way");
  t.equal(t.all("td b").length, 2);
}
