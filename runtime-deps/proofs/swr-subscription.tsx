// proves: swr/subscription
import type { Proof } from "./harness/harness";
import useSWRSubscription from "swr/subscription";

const listeners = new Set<(count: number) => void>();

export default function App() {
  const { data } = useSWRSubscription(
    "/count",
    (_key, { next }: { next(error: null, data: number): void }) => {
      const listen = (count: number) => next(null, count);
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  );
  return <p>{data ?? "nothing yet"}</p>;
}

export async function prove(t: Proof) {
  await t.shows("p", "nothing yet");
  await t.until(() => listeners.size === 1, "one subscription");
  for (const listen of listeners) listen(7);
  await t.shows("p", "7");
}
