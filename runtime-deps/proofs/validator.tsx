// proves: validator
import type { Proof } from "./harness/harness";
import { useState } from "react";
import validator from "validator";

export default function App() {
  const [text, setText] = useState("");
  return (
    <main>
      <input onChange={(event) => setText(event.target.value)} />
      <p>{validator.isEmail(text) ? validator.normalizeEmail(text) : "not an email"}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("p", "not an email");
  await t.type("input", "Some.One@GMail.com");
  await t.shows("p", "someone@gmail.com");
  t.equal(
    [
      validator.isIBAN("DE89370400440532013000"),
      validator.isURL("example"),
      validator.isCreditCard("4111111111111111"),
    ],
    [true, false, true],
  );
  t.equal(validator.escape("<b>"), "&lt;b&gt;");
}
