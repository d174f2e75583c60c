// proves: react-hook-form, zod, @hookform/resolvers/zod
import type { Proof } from "./harness/harness";
import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useFieldArray, useForm } from "react-hook-form";
import { useState } from "react";
import { z } from "zod";

const Order = z.object({
  name: z.string().min(3, "Too short"),
  size: z.enum(["s", "l"]),
  lines: z.array(z.object({ count: z.coerce.number().int().positive("More than none") })),
});

export default function App() {
  const [sent, setSent] = useState("");
  const { register, control, handleSubmit, formState, watch } = useForm({
    resolver: zodResolver(Order),
    defaultValues: { name: "", size: "s", lines: [{ count: 0 }] },
  });
  const { fields, append } = useFieldArray({ control, name: "lines" });
  return (
    <form onSubmit={handleSubmit((order) => setSent(JSON.stringify(order)))}>
      <input id="name" {...register("name")} />
      <Controller
        control={control}
        name="size"
        render={({ field }) => (
          <select {...field}>
            <option value="s">S</option>
            <option value="l">L</option>
          </select>
        )}
      />
      {fields.map((field, index) => (
        <input key={field.id} className="count" {...register(`lines.${index}.count`)} />
      ))}
      <button type="button" onClick={() => append({ count: 5 })}>
        Add
      </button>
      <button>Send</button>
      <p>{[formState.errors.name?.message, formState.errors.lines?.[0]?.count?.message].join(", ")}</p>
      <i>{watch("name")}</i>
      <output>{sent}</output>
    </form>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Send");
  await t.shows("p", "Too short, More than none");
  await t.type("#name", "pears");
  await t.shows("i", "pears");
  await t.type(".count", "4");
  await t.press("text=Add");
  await t.press("text=Send");
  await t.shows("output", '{"name":"pears","size":"s","lines":[{"count":4},{"count":5}]}');
  t.equal(z.record(z.string(), z.number()).parse({ a: 1 }), { a: 1 });
  t.equal(z.string().safeParse(1).error?.issues[0]?.code, "invalid_type");
  await t.throws(() => z.email("No email").parse("nobody"), /No email/);
}
