// proves: @headlessui/react
import type { Proof } from "./harness/harness";
import {
  Combobox,
  ComboboxInput,
  ComboboxOption,
  ComboboxOptions,
  Dialog,
  DialogPanel,
  DialogTitle,
  Menu,
  MenuButton,
  MenuItem,
  MenuItems,
  Switch,
  Transition,
} from "@headlessui/react";
import { useState } from "react";

const PEOPLE = ["Ada", "Grace", "Alan"];

export default function App() {
  const [person, setPerson] = useState<string | null>(PEOPLE[0] ?? null);
  const [query, setQuery] = useState("");
  const [on, setOn] = useState(false);
  const [open, setOpen] = useState(false);
  return (
    <main>
      <Menu>
        <MenuButton>Account</MenuButton>
        <MenuItems>
          <MenuItem>
            <button onClick={() => setOpen(true)}>Settings</button>
          </MenuItem>
        </MenuItems>
      </Menu>
      <Combobox value={person} onChange={setPerson} onClose={() => setQuery("")}>
        <ComboboxInput aria-label="Person" onChange={(event) => setQuery(event.target.value)} />
        <ComboboxOptions anchor="bottom">
          {PEOPLE.filter((name) => name.toLowerCase().includes(query.toLowerCase())).map((name) => (
            <ComboboxOption key={name} value={name}>
              {name}
            </ComboboxOption>
          ))}
        </ComboboxOptions>
      </Combobox>
      <Switch checked={on} onChange={setOn}>
        Wifi
      </Switch>
      <Transition show={on}>
        <p>Connected</p>
      </Transition>
      <output>{person}</output>
      <Dialog open={open} onClose={setOpen}>
        <DialogPanel>
          <DialogTitle>Settings of {person}</DialogTitle>
        </DialogPanel>
      </Dialog>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.type("[aria-label=Person]", "gr");
  await t.until(() => t.all("[role=option]").length === 1);
  await t.press("[role=option]");
  await t.shows("output", "Grace");
  await t.press("[role=switch]");
  await t.until("Connected");
  await t.press("text=Account");
  await t.press("role=menuitem");
  await t.element("[role=dialog]");
  await t.until("Settings of Grace");
  await t.key("Escape");
  await t.gone("[role=dialog]");
}
