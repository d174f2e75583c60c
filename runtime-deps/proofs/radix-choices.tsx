// proves: @radix-ui/react-checkbox, @radix-ui/react-switch, @radix-ui/react-radio-group, @radix-ui/react-toggle, @radix-ui/react-toggle-group, @radix-ui/react-label
import type { Proof } from "./harness/harness";
import * as Checkbox from "@radix-ui/react-checkbox";
import * as Label from "@radix-ui/react-label";
import * as RadioGroup from "@radix-ui/react-radio-group";
import * as Switch from "@radix-ui/react-switch";
import * as Toggle from "@radix-ui/react-toggle";
import * as ToggleGroup from "@radix-ui/react-toggle-group";
import { useState } from "react";

export default function App() {
  const [agreed, setAgreed] = useState<Checkbox.CheckedState>("indeterminate");
  const [size, setSize] = useState("small");
  const [marks, setMarks] = useState<string[]>([]);
  return (
    <main>
      <Checkbox.Root id="agree" checked={agreed} onCheckedChange={setAgreed}>
        <Checkbox.Indicator>✓</Checkbox.Indicator>
      </Checkbox.Root>
      <Label.Root htmlFor="agree">I agree</Label.Root>
      <Switch.Root aria-label="Wifi">
        <Switch.Thumb>.</Switch.Thumb>
      </Switch.Root>
      <RadioGroup.Root value={size} onValueChange={setSize}>
        {["small", "large"].map((value) => (
          <RadioGroup.Item key={value} value={value} aria-label={value}>
            o
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <Toggle.Root aria-label="Bold">B</Toggle.Root>
      <ToggleGroup.Root type="multiple" value={marks} onValueChange={setMarks}>
        <ToggleGroup.Item value="i">i</ToggleGroup.Item>
        <ToggleGroup.Item value="u">u</ToggleGroup.Item>
      </ToggleGroup.Root>
      <output>{`${agreed}, ${size}, ${marks.join("+")}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  t.equal(t.find("[role=checkbox]").getAttribute("aria-checked"), "mixed");
  await t.press("text=I agree");
  await t.shows("output", "true, small,");
  await t.press("[role=switch]");
  t.equal(t.find("[role=switch]").dataset.state, "checked");
  await t.press("[aria-label=small]");
  await t.key("ArrowDown");
  await t.shows("output", "true, large,");
  await t.press("[aria-label=Bold]");
  t.equal(t.find("[aria-label=Bold]").getAttribute("aria-pressed"), "true");
  await t.press("role=button[name='i']");
  await t.press("role=button[name='u']");
  await t.shows("output", "true, large, i+u");
}
