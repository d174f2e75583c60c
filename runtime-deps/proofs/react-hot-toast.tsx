// proves: react-hot-toast
import type { Proof } from "./harness/harness";
import toast, { Toaster } from "react-hot-toast";

export default function App() {
  const save = () =>
    toast.promise(new Promise((resolve) => setTimeout(resolve, 800)), {
      loading: "Saving…",
      success: "Saved!",
      error: "No",
    });
  return (
    <main>
      <button onClick={save}>Save</button>
      <button onClick={() => toast.error("Broken")}>Break</button>
      <Toaster />
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Save");
  await t.until("Saving…");
  await t.until("Saved!");
  await t.press("text=Break");
  await t.until("Broken");
}
