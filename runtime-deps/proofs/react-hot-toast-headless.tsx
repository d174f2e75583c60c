// proves: react-hot-toast/headless
import type { Proof } from "./harness/harness";
import toast, { useToaster } from "react-hot-toast/headless";

export default function App() {
  const { toasts } = useToaster();
  return (
    <main>
      <button onClick={() => toast("Plain words")}>Say</button>
      <ul>
        {toasts
          .filter(({ visible }) => visible)
          .map(({ id, message }) => (
            <li key={id}>{String(message)}</li>
          ))}
      </ul>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Say");
  await t.shows("li", "Plain words");
}
