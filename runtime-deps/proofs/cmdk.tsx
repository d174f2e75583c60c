// proves: cmdk
import type { Proof } from "./harness/harness";
import { Command } from "cmdk";
import { useState } from "react";

export default function App() {
  const [chosen, setChosen] = useState("");
  return (
    <Command label="Commands">
      <Command.Input placeholder="Search…" />
      <Command.List>
        <Command.Empty>Nothing found.</Command.Empty>
        <Command.Group heading="Fruit">
          {["Apple", "Pear", "Plum"].map((name) => (
            <Command.Item key={name} onSelect={setChosen}>
              {name}
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
      <output>{chosen}</output>
    </Command>
  );
}

export async function prove(t: Proof) {
  await t.type("input", "pl");
  await t.until(() => !t.text().includes("Pear"), "Pear is filtered out");
  t.equal(t.text("[cmdk-item][data-selected=true]"), "Plum");
  await t.key("Enter");
  await t.shows("output", "Plum");
  await t.type("input", "xyz");
  await t.until("Nothing found.");
}
