// proves: @radix-ui/react-select, @radix-ui/react-slider, @radix-ui/react-progress
import type { Proof } from "./harness/harness";
import * as Progress from "@radix-ui/react-progress";
import * as Select from "@radix-ui/react-select";
import * as Slider from "@radix-ui/react-slider";
import { useState } from "react";

export default function App() {
  const [fruit, setFruit] = useState("");
  const [[volume = 0], setVolume] = useState<number[]>([30]);
  return (
    <main>
      <Select.Root value={fruit} onValueChange={setFruit}>
        <Select.Trigger aria-label="Fruit">
          <Select.Value placeholder="Choose…" />
          <Select.Icon>⌄</Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Content position="popper">
            <Select.Viewport>
              {["apple", "pear", "plum"].map((name) => (
                <Select.Item key={name} value={name}>
                  <Select.ItemText>{name}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.Viewport>
          </Select.Content>
        </Select.Portal>
      </Select.Root>
      <Slider.Root
        value={[volume]}
        onValueChange={setVolume}
        max={100}
        step={10}
        style={{ position: "relative", display: "block", width: 200, height: 20 }}
      >
        <Slider.Track>
          <Slider.Range />
        </Slider.Track>
        <Slider.Thumb aria-label="Volume" style={{ display: "block", width: 20, height: 20 }} />
      </Slider.Root>
      <Progress.Root value={volume}>
        <Progress.Indicator />
      </Progress.Root>
      <output>{`${fruit || "none"} at ${volume}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("[role=combobox]", "Choose…⌄");
  await t.press("[role=combobox]");
  await t.press("role=option[name='pear']");
  await t.shows("output", "pear at 30");
  await t.shows("[role=combobox]", "pear⌄");
  await t.press("[role=combobox]");
  await t.element("[role=listbox]");
  await t.key("ArrowDown");
  await t.key("Enter");
  await t.shows("output", "plum at 30");
  t.find("[role=slider]").focus();
  await t.key("ArrowRight");
  await t.key("ArrowRight");
  await t.shows("output", "plum at 50");
  t.equal(t.find("[role=progressbar]").getAttribute("aria-valuenow"), "50");
}
