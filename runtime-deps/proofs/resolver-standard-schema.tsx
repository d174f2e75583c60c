// proves: @hookform/resolvers/standard-schema
import type { Proof } from "./harness/harness";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import { z } from "zod";

export default function App() {
  const { register, handleSubmit, formState } = useForm({
    resolver: standardSchemaResolver(z.object({ name: z.string().min(2, "Too short") })),
    defaultValues: { name: "" },
  });
  return (
    <form onSubmit={handleSubmit(() => {})}>
      <input {...register("name")} />
      <button>Send</button>
      <p>{formState.isSubmitSuccessful ? "fine" : formState.errors.name?.message}</p>
    </form>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Send");
  await t.shows("p", "Too short");
  await t.type("input", "Ada");
  await t.press("text=Send");
  await t.shows("p", "fine");
}
