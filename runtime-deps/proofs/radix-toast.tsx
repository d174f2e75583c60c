// proves: @radix-ui/react-toast, @radix-ui/react-slot, @radix-ui/react-visually-hidden, @radix-ui/react-accessible-icon, @radix-ui/react-portal, @radix-ui/react-direction
import type { Proof } from "./harness/harness";
import * as AccessibleIcon from "@radix-ui/react-accessible-icon";
import { DirectionProvider, useDirection } from "@radix-ui/react-direction";
import * as Portal from "@radix-ui/react-portal";
import { Slot } from "@radix-ui/react-slot";
import * as Toast from "@radix-ui/react-toast";
import * as VisuallyHidden from "@radix-ui/react-visually-hidden";
import { useState } from "react";

function Direction() {
  return <i>{useDirection()}</i>;
}

export default function App() {
  const [open, setOpen] = useState(false);
  return (
    <Toast.Provider duration={60_000}>
      <Slot className="outer" onClick={() => setOpen(true)}>
        <button className="inner">Save</button>
      </Slot>
      <AccessibleIcon.Root label="Rocket">
        <svg width="10" height="10" />
      </AccessibleIcon.Root>
      <VisuallyHidden.Root id="hidden">for screen readers</VisuallyHidden.Root>
      <Portal.Root>
        <b id="away">elsewhere</b>
      </Portal.Root>
      <DirectionProvider dir="rtl">
        <Direction />
      </DirectionProvider>
      <Toast.Root open={open} onOpenChange={setOpen}>
        <Toast.Title>Saved</Toast.Title>
        <Toast.Description>All is well</Toast.Description>
        <Toast.Action altText="Undo the change">Undo</Toast.Action>
      </Toast.Root>
      <Toast.Viewport />
    </Toast.Provider>
  );
}

export async function prove(t: Proof) {
  t.equal(t.find("button").className, "outer inner");
  await t.press("text=Save");
  await t.until("All is well");
  await t.press("text=Undo");
  await t.until(() => !t.text("ol").includes("All is well"), "the toast is gone");
  t.equal(t.find("svg").getAttribute("aria-hidden"), "true");
  t.ok(t.find("#hidden").offsetWidth <= 1, "not to be seen");
  t.ok(!t.find("#root").contains(t.find("#away")), "outside of the root");
  t.equal(t.text("i"), "rtl");
}
