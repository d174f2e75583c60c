// proves: @tanstack/react-virtual
import type { Proof } from "./harness/harness";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

export default function App() {
  const list = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: 10_000,
    getScrollElement: () => list.current,
    estimateSize: () => 30,
  });
  return (
    <main>
      <button onClick={() => rows.scrollToIndex(5_000)}>Go</button>
      <div ref={list} id="list" style={{ height: 200, overflow: "auto" }}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <p
              key={key}
              style={{ position: "absolute", top: 0, margin: 0, transform: `translateY(${start}px)` }}
            >
              Row {index}
            </p>
          ))}
        </div>
      </div>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until("Row 3");
  t.ok(t.all("p").length < 60, "only what is seen is there");
  t.equal(t.find("#list").scrollHeight, 300_000);
  await t.press("text=Go");
  await t.until("Row 5000");
  t.ok(!t.all("p").some((row) => row.innerText === "Row 3"), "the first ones are gone");
}
