// proves: react-aria-components
import type { Proof } from "./harness/harness";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  Heading,
  Label,
  ListBox,
  ListBoxItem,
  Menu,
  MenuItem,
  MenuTrigger,
  NumberField,
  Group,
  Input,
  Popover,
} from "react-aria-components";
import { useState } from "react";

export default function App() {
  const [did, setDid] = useState("");
  return (
    <main>
      <MenuTrigger>
        <Button>Actions</Button>
        <Popover>
          <Menu onAction={(key) => setDid(String(key))}>
            <MenuItem id="open">Open</MenuItem>
            <MenuItem id="copy">Copy</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <ListBox aria-label="Pets" selectionMode="multiple">
        <ListBoxItem id="cat">Cat</ListBoxItem>
        <ListBoxItem id="dog">Dog</ListBoxItem>
      </ListBox>
      <NumberField defaultValue={5} minValue={0}>
        <Label>Width</Label>
        <Group>
          <Button slot="decrement">-</Button>
          <Input />
          <Button slot="increment">+</Button>
        </Group>
      </NumberField>
      <Calendar aria-label="Day">
        <Button slot="previous">Before</Button>
        <Heading />
        <Button slot="next">After</Button>
        <CalendarGrid>{(date) => <CalendarCell date={date} />}</CalendarGrid>
      </Calendar>
      <output>{did}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Actions");
  await t.element("[role=menu]");
  await t.press("role=menuitem[name='Copy']");
  await t.shows("output", "copy");
  await t.press("role=option[name='Dog']");
  t.equal(
    t.all("[role=option][aria-selected=true]").map((option) => option.innerText),
    ["Dog"],
  );
  await t.press("text=+");
  await t.until(() => t.find<HTMLInputElement>("input").value === "6", "6 in the field");
  const month = t.text("h2");
  await t.press("text=After");
  await t.until(() => t.text("h2") !== month, "the next month");
  t.ok(t.all("[role=gridcell]").length >= 28, "the days of a month");
}
