// proves: radix-ui
import type { Proof } from "./harness/harness";
import { Dialog, Slot, Switch, Tabs } from "radix-ui";

export default function App() {
  return (
    <Tabs.Root defaultValue="a">
      <Tabs.List>
        <Tabs.Trigger value="a">A</Tabs.Trigger>
        <Tabs.Trigger value="b">B</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="b">
        <Dialog.Root>
          <Dialog.Trigger asChild>
            <Slot.Root>
              <button>Open</button>
            </Slot.Root>
          </Dialog.Trigger>
          <Dialog.Content aria-describedby={undefined}>
            <Dialog.Title>Hello</Dialog.Title>
            <Switch.Root>
              <Switch.Thumb>.</Switch.Thumb>
            </Switch.Root>
          </Dialog.Content>
        </Dialog.Root>
      </Tabs.Content>
    </Tabs.Root>
  );
}

export async function prove(t: Proof) {
  await t.press("role=tab[name='B']");
  await t.press("text=Open");
  await t.press("[role=dialog] [role=switch]");
  t.equal(t.find("[role=switch]").getAttribute("aria-checked"), "true");
}
