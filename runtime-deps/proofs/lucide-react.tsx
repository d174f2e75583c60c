// proves: lucide-react
import type { Proof } from "./harness/harness";
import { Check, Home, icons, Loader2, Trash2, TriangleAlert } from "lucide-react";

export default function App() {
  return (
    <main>
      <Home size={32} strokeWidth={1} aria-label="home" />
      <button>
        <Trash2 className="h-4 w-4" color="red" /> Delete
      </button>
      <Check />
      <Loader2 />
      <TriangleAlert absoluteStrokeWidth />
    </main>
  );
}

export function prove(t: Proof) {
  const home = t.find<SVGElement>("svg.lucide-house");
  t.equal([home.getAttribute("width"), home.getAttribute("stroke-width")], ["32", "1"]);
  t.equal(t.find("button svg").getAttribute("stroke"), "red");
  t.equal(t.all("svg").length, 5);
  t.ok(
    t.all("svg").every((svg) => svg.querySelector("path, circle, rect, line, polyline")),
    "all are drawn",
  );
  t.equal(typeof icons.House, "object");
}
