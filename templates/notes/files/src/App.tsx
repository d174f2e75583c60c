import clsx from "clsx";
import { StickyNote } from "lucide-react";
import { useState } from "react";
import { toast, Toaster } from "sonner";
import { NoteList } from "@/components/NoteList";
import { NoteView, type Mode } from "@/components/NoteView";
import { useNotes, visibleNotes, type Note } from "@/lib/store";
import { useMediaQuery } from "@/lib/useMediaQuery";
import "./index.css";

export default function App() {
  const { notes, selectedId, create, remove, restore } = useNotes();
  const [mode, setMode] = useState<Mode>("split");

  const chosen = notes.find(({ id }) => id === selectedId);
  // On a wide screen a note is always open; on a narrow one the list comes first.
  const shown = chosen ?? visibleNotes(notes, "", null)[0];

  const canSplit = useMediaQuery("(min-width: 80rem)");
  const shownMode = canSplit || mode !== "split" ? mode : "read";

  function createNote() {
    create();
    if (shownMode === "read") setMode("write");
  }

  function removeNote(note: Note) {
    remove(note.id);
    toast(`Deleted “${note.title || "Untitled"}”`, { action: { label: "Undo", onClick: () => restore(note) } });
  }

  return (
    <>
      <main className="relative grid h-dvh md:grid-cols-[19rem_1fr]">
        {/* Here and not in the list, which a narrow screen hides while a note is open. */}
        <h1 className="sr-only">Notes</h1>
        <nav
          aria-label="Note list"
          className={clsx("min-h-0 border-r border-stone-200 md:block dark:border-stone-800", chosen && "hidden")}
        >
          <NoteList selectedId={shown?.id ?? null} onCreate={createNote} />
        </nav>
        <div className={clsx("min-h-0 min-w-0 bg-white md:block dark:bg-stone-900/50", !chosen && "hidden")}>
          {shown ? (
            <NoteView note={shown} mode={shownMode} canSplit={canSplit} onMode={setMode} onRemove={() => removeNote(shown)} />
          ) : (
            <div className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center text-sm text-stone-600 dark:text-stone-400">
              <StickyNote aria-hidden className="size-8 stroke-1" />
              <p>A new note will open here.</p>
            </div>
          )}
        </div>
      </main>
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </>
  );
}
