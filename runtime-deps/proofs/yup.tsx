// proves: yup, @hookform/resolvers/yup
import type { Proof } from "./harness/harness";
import { yupResolver } from "@hookform/resolvers/yup";
import { useForm } from "react-hook-form";
import * as yup from "yup";

const schema = yup.object({
  age: yup.number().typeError("A number, please").min(18, "Too young").required(),
});

export default function App() {
  const { register, handleSubmit, formState } = useForm({ resolver: yupResolver(schema) });
  return (
    <form onSubmit={handleSubmit(() => {})}>
      <input {...register("age")} />
      <button>Send</button>
      <p>{formState.isSubmitSuccessful ? "fine" : formState.errors.age?.message}</p>
    </form>
  );
}

export async function prove(t: Proof) {
  await t.type("input", "seven");
  await t.press("text=Send");
  await t.shows("p", "A number, please");
  await t.type("input", "7");
  await t.shows("p", "Too young");
  await t.type("input", "21");
  await t.press("text=Send");
  await t.shows("p", "fine");
  t.equal(await schema.validate({ age: "30" }), { age: 30 });
}
