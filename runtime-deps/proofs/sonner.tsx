// proves: sonner
import type { Proof } from "./harness/harness";
import { Toaster, toast } from "sonner";
import { useState } from "react";

export default function App() {
  const [undone, setUndone] = useState(false);
  return (
    <main>
      <button
        onClick={() =>
          toast.success("Event created", {
            description: "Monday",
            action: { label: "Undo", onClick: () => setUndone(true) },
          })
        }
      >
        Create
      </button>
      <output>{undone ? "undone" : ""}</output>
      <Toaster position="top-center" />
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Create");
  const item = await t.element("[data-sonner-toast][data-mounted=true]");
  t.equal(item.dataset.type, "success");
  t.ok(item.innerText.includes("Monday"), "its description");
  t.equal(
    getComputedStyle(t.find("[data-sonner-toaster]")).position,
    "fixed",
    "its own style sheet's position",
  );
  await t.press("[data-sonner-toast] [data-action]", { force: true });
  await t.shows("output", "undone");
  await t.gone("[data-sonner-toast]");
}
