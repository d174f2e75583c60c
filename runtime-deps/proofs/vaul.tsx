// proves: vaul
import type { Proof } from "./harness/harness";
import { Drawer } from "vaul";

export default function App() {
  return (
    <Drawer.Root>
      <Drawer.Trigger>Open</Drawer.Trigger>
      <Drawer.Portal>
        <Drawer.Overlay />
        <Drawer.Content style={{ position: "fixed", bottom: 0, left: 0, right: 0, height: 200 }}>
          <Drawer.Title>Settings</Drawer.Title>
          <Drawer.Description>Of this device</Drawer.Description>
          <Drawer.Close>Close</Drawer.Close>
        </Drawer.Content>
      </Drawer.Portal>
    </Drawer.Root>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Open");
  const drawer = await t.element("[data-vaul-drawer]");
  await t.until("Of this device");
  t.equal(drawer.dataset.vaulDrawerDirection, "bottom");
  await t.until(() => Math.abs(drawer.getBoundingClientRect().bottom - innerHeight) < 2, "it slid in");
  await t.press("text=Close");
  await t.gone("[data-vaul-drawer]");
}
