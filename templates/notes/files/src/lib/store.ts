import { nanoid } from "nanoid";
import { create } from "zustand";
import { sampleNotes } from "./sample";

export interface Note {
  id: string;
  title: string;
  body: string;
  tags: string[];
  pinned: boolean;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

const KEY = "notes.v1";

function isNote(value: unknown): value is Note {
  if (typeof value !== "object" || value === null) return false;
  const { id, title, body, tags, pinned, updatedAt } = value as Partial<Record<keyof Note, unknown>>;
  return (
    [id, title, body].every((text) => typeof text === "string") &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === "string") &&
    typeof pinned === "boolean" &&
    typeof updatedAt === "number"
  );
}

function load(): Note[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return Array.isArray(stored) && stored.every(isNote) ? stored : sampleNotes();
  } catch {
    return sampleNotes();
  }
}

interface NotesState {
  notes: Note[];
  selectedId: string | null;
  query: string;
  tag: string | null;
  select: (id: string | null) => void;
  setQuery: (query: string) => void;
  setTag: (tag: string | null) => void;
  create: () => void;
  update: (id: string, fields: Partial<Pick<Note, "title" | "body" | "tags">>) => void;
  togglePin: (id: string) => void;
  remove: (id: string) => void;
  restore: (note: Note) => void;
}

export const useNotes = create<NotesState>()((set) => ({
  notes: load(),
  selectedId: null,
  query: "",
  tag: null,
  select: (selectedId) => set({ selectedId }),
  setQuery: (query) => set({ query }),
  setTag: (tag) => set({ tag }),
  create: () =>
    set(({ notes, tag }) => {
      const note: Note = { id: nanoid(8), title: "", body: "", tags: tag ? [tag] : [], pinned: false, updatedAt: Date.now() };
      return { notes: [note, ...notes], selectedId: note.id, query: "" };
    }),
  update: (id, fields) =>
    set(({ notes }) => ({ notes: notes.map((note) => (note.id === id ? { ...note, ...fields, updatedAt: Date.now() } : note)) })),
  togglePin: (id) => set(({ notes }) => ({ notes: notes.map((note) => (note.id === id ? { ...note, pinned: !note.pinned } : note)) })),
  remove: (id) => set(({ notes }) => ({ notes: notes.filter((note) => note.id !== id), selectedId: null })),
  restore: (note) => set(({ notes }) => ({ notes: [note, ...notes], selectedId: note.id })),
}));

useNotes.subscribe(({ notes }, previous) => {
  if (notes === previous.notes) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(notes));
  } catch {
    // Storage is full or blocked: the notes live until the page closes.
  }
});

/** What the list shows: pinned first, then the latest. */
export function visibleNotes(notes: Note[], query: string, tag: string | null): Note[] {
  const text = query.trim().toLowerCase();
  return notes
    .filter((note) => !tag || note.tags.includes(tag))
    .filter((note) => `${note.title} ${note.body} ${note.tags.join(" ")}`.toLowerCase().includes(text))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt);
}

/** Every tag in use, by name. */
export const allTags = (notes: Note[]): string[] => [...new Set(notes.flatMap(({ tags }) => tags))].sort();
