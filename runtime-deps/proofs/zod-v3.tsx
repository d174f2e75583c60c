// proves: zod/v3
import type { Proof } from "./harness/harness";
import { z } from "zod/v3";

const Person = z.object({ name: z.string().nonempty("Needed"), email: z.string().email() }).strict();

export default function App() {
  const { error } = Person.safeParse({ name: "", email: "x", age: 3 });
  return <pre>{JSON.stringify(error?.flatten())}</pre>;
}

export function prove(t: Proof) {
  const { fieldErrors, formErrors } = JSON.parse(t.text("pre"));
  t.equal(fieldErrors, { name: ["Needed"], email: ["Invalid email"] });
  t.equal(formErrors, ["Unrecognized key(s) in object: 'age'"]);
  t.equal(Person.parse({ name: "Ada", email: "a@b.org" }), { name: "Ada", email: "a@b.org" });
}
