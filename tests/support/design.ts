/** A design as a small model proposes it. */
export function design(title: string): string {
  return `PROPOSAL: ${title}
SUMMARY: One week on one screen.
DATA:
- Event: title, day, person
SCREENS:
- Week: all events side by side
INTERACTIONS:
- Drag an event to another day
LOOK: calm, blue on white

`;
}
