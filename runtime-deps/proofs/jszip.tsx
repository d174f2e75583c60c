// proves: jszip
import type { Proof } from "./harness/harness";
import JSZip from "jszip";
import { useState } from "react";

export default function App() {
  const [size, setSize] = useState(0);
  const pack = async () => {
    const zip = new JSZip();
    zip.folder("notes")?.file("a.txt", "hello ".repeat(1000));
    const blob = await zip.generateAsync({ type: "blob", compression: "DEFLATE" });
    setSize(blob.size);
  };
  return <button onClick={pack}>{size} bytes</button>;
}

export async function prove(t: Proof) {
  await t.press("button");
  await t.until(() => Number.parseInt(t.text("button"), 10) > 100);
  t.ok(Number.parseInt(t.text("button"), 10) < 1000, "smaller than its 6,000 bytes");
  const zip = new JSZip();
  zip.file("x/y.txt", "hällo");
  const again = await JSZip.loadAsync(await zip.generateAsync({ type: "uint8array" }));
  t.equal(await again.file("x/y.txt")?.async("string"), "hällo");
}
