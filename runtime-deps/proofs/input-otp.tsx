// proves: input-otp
import type { Proof } from "./harness/harness";
import { OTPInput, REGEXP_ONLY_DIGITS } from "input-otp";
import { useState } from "react";

export default function App() {
  const [done, setDone] = useState("");
  return (
    <main>
      <OTPInput
        maxLength={4}
        pattern={REGEXP_ONLY_DIGITS}
        onComplete={setDone}
        render={({ slots }) => slots.map(({ char }, index) => <b key={index}>{char ?? "_"}</b>)}
      />
      <output>{done}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  t.equal(
    t.all("b").map((slot) => slot.innerText),
    ["_", "_", "_", "_"],
  );
  t.find("input").focus();
  for (const key of "1a2") await t.key(key);
  await t.until(
    () =>
      t
        .all("b")
        .map((slot) => slot.innerText)
        .join("") === "12__",
    "two digits, the letter refused",
  );
  for (const key of "34") await t.key(key);
  await t.shows("output", "1234");
}
