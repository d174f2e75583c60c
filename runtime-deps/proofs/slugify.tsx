// proves: slugify, pluralize
import type { Proof } from "./harness/harness";
import pluralize from "pluralize";
import { useState } from "react";
import slugify from "slugify";

export default function App() {
  const [title, setTitle] = useState("");
  return (
    <main>
      <input value={title} onChange={(event) => setTitle(event.target.value)} />
      <p>{`/${slugify(title, { lower: true, strict: true })} has ${pluralize("word", title.split(" ").length, true)}`}</p>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.type("input", "Déjà vu & Co!");
  await t.shows("p", "/deja-vu-and-co has 4 words");
  t.equal(slugify("some string", "_"), "some_string");
  t.equal(
    [pluralize("person"), pluralize.singular("mice"), pluralize.isPlural("geese")],
    ["people", "mouse", true],
  );
}
