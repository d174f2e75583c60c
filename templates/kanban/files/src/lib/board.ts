import { nanoid } from "nanoid";

export type ColumnId = "backlog" | "doing" | "review" | "done";
export type LabelId = "design" | "engineering" | "writing" | "research";

export interface Card {
  id: string;
  title: string;
  notes: string;
  label: LabelId | null;
  /** Calendar day, YYYY-MM-DD. */
  due: string | null;
}

/** What a person fills in; the id is ours. */
export type CardDraft = Omit<Card, "id">;

export type Board = Record<ColumnId, Card[]>;

export interface ColumnInfo {
  id: ColumnId;
  title: string;
  /** Most cards that should be here at once. */
  limit?: number;
}

export const columns: readonly ColumnInfo[] = [
  { id: "backlog", title: "Backlog" },
  { id: "doing", title: "In progress", limit: 3 },
  { id: "review", title: "Review" },
  { id: "done", title: "Done" },
];

export const labels: readonly { id: LabelId; name: string; dot: string }[] = [
  { id: "design", name: "Design", dot: "bg-fuchsia-500" },
  { id: "engineering", name: "Engineering", dot: "bg-sky-500" },
  { id: "writing", name: "Writing", dot: "bg-amber-500" },
  { id: "research", name: "Research", dot: "bg-emerald-500" },
];

export function isColumnId(id: unknown): id is ColumnId {
  return columns.some((column) => column.id === id);
}

/** The column that is `id`, or that holds the card `id`. */
export function columnOf(board: Board, id: string): ColumnId | null {
  if (isColumnId(id)) return id;
  return columns.find((column) => board[column.id].some((card) => card.id === id))?.id ?? null;
}

export function findCard(board: Board, id: string): Card | null {
  const column = columnOf(board, id);
  return column ? (board[column].find((card) => card.id === id) ?? null) : null;
}

export function addCard(board: Board, column: ColumnId, draft: CardDraft): Board {
  return { ...board, [column]: [...board[column], { id: nanoid(8), ...draft }] };
}

export function removeCard(board: Board, id: string): Board {
  const column = columnOf(board, id);
  if (!column) return board;
  return { ...board, [column]: board[column].filter((card) => card.id !== id) };
}

export function insertCard(board: Board, column: ColumnId, index: number, card: Card): Board {
  return { ...board, [column]: board[column].toSpliced(index, 0, card) };
}

/** Changes a card where it is, or moves it to the end of another column. */
export function updateCard(board: Board, card: Card, column: ColumnId): Board {
  if (columnOf(board, card.id) !== column) {
    const rest = removeCard(board, card.id);
    return insertCard(rest, column, rest[column].length, card);
  }
  return { ...board, [column]: board[column].map((old) => (old.id === card.id ? card : old)) };
}

/** Moves a card to the place of another card, or to the end of a column. */
export function moveCard(board: Board, id: string, overId: string): Board {
  const card = findCard(board, id);
  const target = columnOf(board, overId);
  if (!card || !target || id === overId) return board;
  const overIndex = board[target].findIndex((other) => other.id === overId);
  const rest = removeCard(board, id);
  return insertCard(rest, target, overIndex < 0 ? rest[target].length : overIndex, card);
}

export function matches(card: Card, query: string, label: LabelId | null): boolean {
  if (label && card.label !== label) return false;
  return `${card.title} ${card.notes}`.toLowerCase().includes(query.trim().toLowerCase());
}
