// proves: jotai, jotai/utils
import type { Proof } from "./harness/harness";
import { atom, Provider, useAtom, useAtomValue } from "jotai";
import { atomWithStorage, RESET, selectAtom, unwrap } from "jotai/utils";

const celsius = atomWithStorage("celsius", 20);
const fahrenheit = atom(
  (get) => (get(celsius) * 9) / 5 + 32,
  (_get, set, value: number) => set(celsius, ((value - 32) * 5) / 9),
);
const warm = selectAtom(celsius, (value) => value > 25);
const later = unwrap(
  atom(async () => "arrived"),
  () => "on its way",
);

function Thermometer() {
  const [value, setValue] = useAtom(fahrenheit);
  const [, setCelsius] = useAtom(celsius);
  const answer = useAtomValue(later);
  return (
    <main>
      <button onClick={() => setValue(212)}>Boil</button>
      <button onClick={() => setCelsius(RESET)}>Reset</button>
      <p id="value">{`${value} °F${useAtomValue(warm) ? ", warm" : ""}`}</p>
      <p id="later">{answer}</p>
    </main>
  );
}

export default function App() {
  return (
    <Provider>
      <Thermometer />
    </Provider>
  );
}

export async function prove(t: Proof) {
  await t.shows("#value", "68 °F");
  await t.press("text=Boil");
  await t.shows("#value", "212 °F, warm");
  t.equal(localStorage.getItem("celsius"), "100");
  await t.press("text=Reset");
  await t.shows("#value", "68 °F");
  await t.shows("#later", "arrived");
}
