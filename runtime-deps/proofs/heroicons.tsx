// proves: @heroicons/react/24/outline, @heroicons/react/24/solid, @heroicons/react/20/solid, @heroicons/react/16/solid
import type { Proof } from "./harness/harness";
import { BeakerIcon as Tiny } from "@heroicons/react/16/solid";
import { BeakerIcon as Small } from "@heroicons/react/20/solid";
import { BeakerIcon } from "@heroicons/react/24/outline";
import { BeakerIcon as Solid } from "@heroicons/react/24/solid";

export default function App() {
  return (
    <main>
      <BeakerIcon width={48} title="Beaker" />
      <Solid width={24} />
      <Small width={20} />
      <Tiny width={16} />
    </main>
  );
}

export function prove(t: Proof) {
  const icons = t.all<SVGElement>("svg");
  t.equal(
    icons.map((icon) => icon.getAttribute("viewBox")),
    ["0 0 24 24", "0 0 24 24", "0 0 20 20", "0 0 16 16"],
  );
  t.equal(
    icons.map((icon) => icon.getBoundingClientRect().width),
    [48, 24, 20, 16],
  );
  t.ok(
    icons.every((icon) => icon.querySelector("path")),
    "all are drawn",
  );
}
