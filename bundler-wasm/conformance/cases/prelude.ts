export const log: unknown[] = [];
const show = (c: any) =>
  [
    c.kind,
    c.name === undefined ? "" : String(c.name),
    c.static ? "static" : "",
    c.private ? "private" : "",
    Object.keys(c.access ?? {})
      .sort()
      .join("/"),
    typeof c.metadata,
  ].join(" ");
const note = (label: string) => (
  log.push(`evaluated ${label}`),
  (value: any, context: any) => {
    log.push(`${label}: ${show(context)}: ${value === null ? "null" : typeof value} ${value?.name ?? ""}`);
  }
);
const attempt = (run: () => unknown) => {
  try {
    log.push(run());
  } catch (error: any) {
    log.push(`threw ${error.name}`);
  }
};
const names = (value: any) =>
  Reflect.ownKeys(value)
    .map(String)
    .filter((name) => name !== "Symbol(Symbol.metadata)")
    .sort()
    .join(" ");
