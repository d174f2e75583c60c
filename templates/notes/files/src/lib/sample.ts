import { subDays, subHours } from "date-fns";
import { nanoid } from "nanoid";
import type { Note } from "./store";

/** Notes for the first visit; the first one shows what the app can do. */
export function sampleNotes(): Note[] {
  const now = new Date();
  const note = (title: string, tags: string[], updated: Date, body: string, pinned = false): Note => ({
    id: nanoid(8),
    title,
    tags,
    body,
    pinned,
    updatedAt: updated.getTime(),
  });

  return [
    note(
      "Walking the coast path",
      ["travel", "plans"],
      subHours(now, 2),
      `Five days in **late spring**, with light packs and no hurry. The tide tables decide more than we do.

## Before we leave

- [x] Book the first two nights
- [x] Waterproof the boots
- [ ] Download the maps for offline use
- [ ] Ask Noor about the *dog-friendly* guesthouse

## Days

1. Harbour to the lighthouse, 14 km
2. Lighthouse to Sandwick, 18 km
3. A rest day, with the bakery

> The path is never longer than the afternoon, if you start in the morning.

Check the ferry with \`timetable --season spring\` or at [the harbour](https://harbour.example).`,
      true,
    ),
    note(
      "Weekly review",
      ["work"],
      subHours(now, 20),
      `## Went well

- The new search is out, and nobody noticed. That was the plan.
- Two interviews, both with *useful* disagreements.

## Next week

- [ ] Write down the decision about storage
- [ ] Pair with Ines on the importer
- [ ] Half a day for the backlog`,
    ),
    note(
      "Sourdough, the short version",
      ["cooking"],
      subDays(now, 2),
      `Feed the starter the evening before.

\`\`\`
500 g flour
350 g water
100 g starter
 10 g salt
\`\`\`

1. Mix, rest for thirty minutes
2. Fold four times, half an hour apart
3. Shape, then into the fridge overnight
4. Bake at 240 °C, lid on for 25 minutes, off for 20`,
    ),
    note(
      "Books to find",
      ["reading", "plans"],
      subDays(now, 5),
      `- [x] The Summer Book, *Tove Jansson*
- [ ] Invisible Cities, *Italo Calvino*
- [ ] The Living Mountain, *Nan Shepherd*
- [ ] Piranesi, *Susanna Clarke*`,
    ),
    note(
      "Shell one-liners",
      ["work", "reference"],
      subDays(now, 9),
      `Largest folders here:

\`\`\`
du -sh -- */ | sort -rh | head
\`\`\`

Files changed in the last day: \`find . -mtime -1 -type f\``,
    ),
  ];
}
