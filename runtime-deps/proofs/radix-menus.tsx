// proves: @radix-ui/react-dropdown-menu, @radix-ui/react-context-menu, @radix-ui/react-menubar, @radix-ui/react-navigation-menu
import type { Proof } from "./harness/harness";
import * as ContextMenu from "@radix-ui/react-context-menu";
import * as DropdownMenu from "@radix-ui/react-dropdown-menu";
import * as Menubar from "@radix-ui/react-menubar";
import * as NavigationMenu from "@radix-ui/react-navigation-menu";
import { useState } from "react";

export default function App() {
  const [chosen, setChosen] = useState("nothing");
  const [dark, setDark] = useState(false);
  return (
    <main>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger>Options</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content>
            <DropdownMenu.Item onSelect={() => setChosen("copy")}>Copy</DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => setChosen("paste")}>Paste</DropdownMenu.Item>
            <DropdownMenu.CheckboxItem checked={dark} onCheckedChange={setDark}>
              Dark
            </DropdownMenu.CheckboxItem>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <ContextMenu.Root>
        <ContextMenu.Trigger id="area" style={{ display: "block", width: 200, height: 80 }}>
          Press right here
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <ContextMenu.Content>
            <ContextMenu.Item onSelect={() => setChosen("back")}>Back</ContextMenu.Item>
          </ContextMenu.Content>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      <Menubar.Root>
        <Menubar.Menu>
          <Menubar.Trigger>File</Menubar.Trigger>
          <Menubar.Portal>
            <Menubar.Content>
              <Menubar.Item onSelect={() => setChosen("print")}>Print</Menubar.Item>
            </Menubar.Content>
          </Menubar.Portal>
        </Menubar.Menu>
      </Menubar.Root>
      <output>{`${chosen}${dark ? ", dark" : ""}`}</output>
      <NavigationMenu.Root>
        <NavigationMenu.List>
          <NavigationMenu.Item>
            <NavigationMenu.Trigger>Products</NavigationMenu.Trigger>
            <NavigationMenu.Content>All of our products</NavigationMenu.Content>
          </NavigationMenu.Item>
        </NavigationMenu.List>
        <NavigationMenu.Viewport />
      </NavigationMenu.Root>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Options");
  await t.element("[role=menu]");
  await t.key("ArrowDown");
  await t.key("ArrowDown");
  await t.key("Enter");
  await t.shows("output", "paste");
  await t.gone("[role=menu]");
  await t.press("text=Options");
  await t.press("text=Dark");
  await t.shows("output", "paste, dark");
  await t.gone("[role=menu]");
  await t.press("#area", { button: "right" });
  await t.press("text=Back");
  await t.shows("output", "back, dark");
  await t.gone("[role=menu]");
  await t.press("text=File");
  await t.press("text=Print");
  await t.shows("output", "print, dark");
  await t.press("text=Products");
  await t.until("All of our products");
}
