import { addDays, format } from "date-fns";
import { nanoid } from "nanoid";
import type { Board, Card, LabelId } from "./board";

function card(title: string, label: LabelId | null, dueIn: number | null, notes = ""): Card {
  const due = dueIn === null ? null : format(addDays(new Date(), dueIn), "yyyy-MM-dd");
  return { id: nanoid(8), title, notes, label, due };
}

/** A board for the first visit, with dates around today. */
export function sampleBoard(): Board {
  return {
    backlog: [
      card("Write the launch announcement", "writing", 9, "Two paragraphs and one screenshot. Aim for a three minute read."),
      card("Compare analytics tools", "research", null, "Self-hosted first. Note what each one stores about visitors."),
      card("Empty states for search and inbox", "design", 12),
      card("Add a sitemap", "engineering", null),
    ],
    doing: [
      card("Sign-up form keeps what was typed", "engineering", 1, "A failed submit clears the email field in Safari."),
      card("Pricing page, second draft", "writing", 2),
      card("Icons for the feature list", "design", 4),
    ],
    review: [
      card("Interview notes from five customers", "research", -1, "Summary on top, quotes below, names removed."),
      card("Cache images at the edge", "engineering", 3),
    ],
    done: [
      card("Choose a typeface", "design", null),
      card("Move the domain to the new registrar", "engineering", null),
    ],
  };
}
