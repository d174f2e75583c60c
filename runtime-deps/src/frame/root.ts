/** The element that an App file is shown in: the page's own `#root`, or one of ours. */
export function rootElement(): Element {
  const existing = document.getElementById("root");
  if (existing) return existing;
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root);
  return root;
}
