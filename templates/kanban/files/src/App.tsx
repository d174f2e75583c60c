import { useState } from "react";
import { toast, Toaster } from "sonner";
import { Board } from "@/components/Board";
import { CardDialog } from "@/components/CardDialog";
import { Filters } from "@/components/Filters";
import { addCard, columnOf, columns, insertCard, matches, removeCard, updateCard, type Card, type LabelId } from "@/lib/board";
import { useBoard } from "@/lib/useBoard";
import "./index.css";

export default function App() {
  const [board, setBoard] = useBoard();
  const [query, setQuery] = useState("");
  const [label, setLabel] = useState<LabelId | null>(null);
  const [open, setOpen] = useState<Card | null>(null);

  const openColumn = open && columnOf(board, open.id);
  const total = columns.reduce((sum, column) => sum + board[column.id].length, 0);

  function deleteCard(card: Card) {
    const column = columnOf(board, card.id);
    if (!column) return;
    const index = board[column].indexOf(card);
    setBoard(removeCard(board, card.id));
    setOpen(null);
    toast(`Deleted “${card.title}”`, {
      action: { label: "Undo", onClick: () => setBoard((now) => insertCard(now, column, Math.max(index, 0), card)) },
    });
  }

  return (
    <div className="mx-auto min-h-dvh max-w-[90rem]">
      <header className="flex flex-col gap-4 px-4 pt-6 pb-5 sm:px-6 lg:flex-row lg:items-end lg:justify-between">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Website launch</h1>
          <p className="mt-1 flex items-center gap-3 text-sm text-zinc-600 tabular-nums dark:text-zinc-400">
            {board.done.length} of {total} cards done
            <span aria-hidden className="h-1 w-24 overflow-hidden rounded-full bg-zinc-200 dark:bg-zinc-800">
              <span
                className="block h-full rounded-full bg-accent transition-[width] dark:bg-accent-bright"
                style={{ width: `${total > 0 ? (board.done.length / total) * 100 : 0}%` }}
              />
            </span>
          </p>
        </div>
        <Filters query={query} onQuery={setQuery} label={label} onLabel={setLabel} />
      </header>
      <main>
        <Board
          board={board}
          isVisible={(card) => matches(card, query, label)}
          onChange={setBoard}
          onAdd={(column, title) => setBoard(addCard(board, column, { title, notes: "", label, due: null }))}
          onOpen={setOpen}
        />
      </main>
      {open && openColumn && (
        <CardDialog
          key={open.id}
          card={open}
          column={openColumn}
          onSave={(card, column) => {
            setBoard(updateCard(board, card, column));
            setOpen(null);
          }}
          onDelete={() => deleteCard(open)}
          onClose={() => setOpen(null)}
        />
      )}
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </div>
  );
}
