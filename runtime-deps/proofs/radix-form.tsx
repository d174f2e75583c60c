// proves: @radix-ui/react-form, @radix-ui/react-password-toggle-field, @radix-ui/react-one-time-password-field
import type { Proof } from "./harness/harness";
import * as Form from "@radix-ui/react-form";
import { unstable_OneTimePasswordField as Code } from "radix-ui";
import * as OneTime from "@radix-ui/react-one-time-password-field";
import * as Password from "@radix-ui/react-password-toggle-field";
import { useState } from "react";

export default function App() {
  const [sent, setSent] = useState("");
  const [code, setCode] = useState("");
  return (
    <main>
      <Form.Root
        onSubmit={(event) => {
          event.preventDefault();
          setSent(String(new FormData(event.currentTarget).get("email")));
        }}
      >
        <Form.Field name="email">
          <Form.Label>Email</Form.Label>
          <Form.Control type="email" required />
          <Form.Message match="valueMissing">Please enter your email</Form.Message>
          <Form.Message match="typeMismatch">That is no email</Form.Message>
        </Form.Field>
        <Form.Submit>Send</Form.Submit>
      </Form.Root>
      <Password.Root>
        <Password.Input id="password" defaultValue="secret" />
        <Password.Toggle>
          <Password.Slot visible="Hide" hidden="Show" />
        </Password.Toggle>
      </Password.Root>
      <OneTime.Root value={code} onValueChange={setCode}>
        <OneTime.Input />
        <OneTime.Input />
        <OneTime.Input />
        <OneTime.HiddenInput />
      </OneTime.Root>
      <output>{`${sent} ${code} ${typeof Code}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Send");
  await t.until("Please enter your email");
  await t.type("input[type=email]", "nobody");
  await t.press("text=Send");
  await t.until("That is no email");
  await t.type("input[type=email]", "a@b.org");
  await t.press("text=Send");
  t.equal(t.find<HTMLInputElement>("#password").type, "password");
  await t.press("text=Show");
  t.equal(t.find<HTMLInputElement>("#password").type, "text");
  await t.press("input[data-radix-otp-input]");
  for (const digit of "123") await t.key(digit);
  await t.shows("output", "a@b.org 123 object");
}
