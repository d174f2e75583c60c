// proves: react-toastify
import type { Proof } from "./harness/harness";
import { ToastContainer, toast } from "react-toastify";

export default function App() {
  return (
    <main>
      <button onClick={() => toast.info("Hello", { autoClose: false })}>Greet</button>
      <ToastContainer position="bottom-left" />
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Greet");
  await t.until("Hello");
  t.equal(
    getComputedStyle(t.find(".Toastify__toast-container")).position,
    "fixed",
    "its own style sheet's position",
  );
  await t.press(".Toastify__close-button");
  await t.gone(".Toastify__toast");
}
