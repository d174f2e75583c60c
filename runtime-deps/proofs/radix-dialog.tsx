// proves: @radix-ui/react-dialog, @radix-ui/react-alert-dialog
import type { Proof } from "./harness/harness";
import * as AlertDialog from "@radix-ui/react-alert-dialog";
import * as Dialog from "@radix-ui/react-dialog";
import { useState } from "react";

export default function App() {
  const [deleted, setDeleted] = useState(false);
  return (
    <main>
      <Dialog.Root>
        <Dialog.Trigger>Edit</Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay style={{ position: "fixed", inset: 0 }} />
          <Dialog.Content style={{ position: "fixed", inset: 100 }}>
            <Dialog.Title>Edit profile</Dialog.Title>
            <Dialog.Description>Change your name here.</Dialog.Description>
            <input aria-label="Name" />
            <Dialog.Close>Save</Dialog.Close>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <AlertDialog.Root>
        <AlertDialog.Trigger>Delete</AlertDialog.Trigger>
        <AlertDialog.Portal>
          <AlertDialog.Content>
            <AlertDialog.Title>Really?</AlertDialog.Title>
            <AlertDialog.Description>It can't be undone.</AlertDialog.Description>
            <AlertDialog.Cancel>Keep</AlertDialog.Cancel>
            <AlertDialog.Action onClick={() => setDeleted(true)}>Yes</AlertDialog.Action>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
      <output>{deleted ? "deleted" : "kept"}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Edit");
  const dialog = await t.element("[role=dialog]");
  t.equal(document.getElementById(dialog.getAttribute("aria-labelledby") ?? "")?.textContent, "Edit profile");
  await t.until(() => dialog.contains(document.activeElement), "the focus is in the dialog");
  await t.key("Tab");
  await t.key("Tab");
  t.ok(dialog.contains(document.activeElement), "the focus stays in the dialog");
  await t.key("Escape");
  await t.gone("[role=dialog]");
  await t.press("text=Delete");
  await t.element("[role=alertdialog]");
  await t.press("text=Yes");
  await t.gone("[role=alertdialog]");
  await t.shows("output", "deleted");
}
