// proves: react-virtualized/styles.css, react-toastify/ReactToastify.css, react-toastify/dist/ReactToastify.css, react-day-picker/style.css, react-day-picker/dist/style.css, sonner/dist/styles.css
import type { Proof } from "./harness/harness";
import "react-day-picker/dist/style.css";
import "react-day-picker/style.css";
import "react-toastify/ReactToastify.css";
import "react-toastify/dist/ReactToastify.css";
import "react-virtualized/styles.css";
import "sonner/dist/styles.css";
import { DayPicker } from "react-day-picker";
import { Column, Table } from "react-virtualized";

export default function App() {
  return (
    <main>
      <DayPicker mode="single" defaultMonth={new Date(2024, 1)} />
      <Table
        width={200}
        height={60}
        headerHeight={20}
        rowHeight={20}
        rowCount={1}
        rowGetter={() => ({ name: "Ada" })}
      >
        <Column label="Name" dataKey="name" width={100} />
      </Table>
      <div className="Toastify__toast-container">x</div>
      <section data-sonner-toaster="">x</section>
    </main>
  );
}

export function prove(t: Proof) {
  t.equal(getComputedStyle(t.find(".rdp-day_button")).cursor, "pointer");
  t.equal(getComputedStyle(t.find(".ReactVirtualized__Table__headerRow")).textTransform, "uppercase");
  t.equal(getComputedStyle(t.find(".Toastify__toast-container")).position, "fixed");
  t.equal(getComputedStyle(t.find("[data-sonner-toaster]")).position, "fixed");
}
