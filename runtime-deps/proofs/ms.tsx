// proves: ms
import type { Proof } from "./harness/harness";
import ms from "ms";

export default function App() {
  return <p>Back in {ms(ms("1.5 hours"), { long: true })}</p>;
}

export function prove(t: Proof) {
  t.equal(t.text("p"), "Back in 2 hours");
  t.equal(ms("2 days"), 172_800_000);
  t.equal(ms(60_000), "1m");
}
