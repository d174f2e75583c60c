// proves: zod/v4, zod/mini
import type { Proof } from "./harness/harness";
import { z } from "zod/v4";
import * as mini from "zod/mini";

const Price = z.templateLiteral([z.number(), z.enum(["€", "$"])]);

export default function App() {
  return <p>{z.prettifyError(z.object({ price: Price }).safeParse({ price: "5£" }).error as z.ZodError)}</p>;
}

export function prove(t: Proof) {
  t.ok(t.text("p").includes("price"), "the error names the field");
  t.equal(Price.parse("5€"), "5€");
  t.equal(mini.string().check(mini.minLength(3)).safeParse("ab").success, false);
}
