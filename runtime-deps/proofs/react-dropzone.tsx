// proves: react-dropzone
import type { Proof } from "./harness/harness";
import { useState } from "react";
import { useDropzone } from "react-dropzone";

export default function App() {
  const [texts, setTexts] = useState<string[]>([]);
  const { getRootProps, getInputProps, isDragActive, fileRejections } = useDropzone({
    accept: { "text/plain": [".txt"] },
    onDrop: async (files) => setTexts(await Promise.all(files.map((file) => file.text()))),
  });
  return (
    <main>
      <div id="zone" {...getRootProps()} style={{ width: 200, height: 100 }}>
        <input {...getInputProps()} />
        {isDragActive ? "Let go" : "Drop files"}
      </div>
      <output>{[...texts, ...fileRejections.map(({ errors }) => errors[0]?.code)].join()}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.files("input", [{ name: "a.txt", mimeType: "text/plain", text: "hello" }]);
  await t.shows("output", "hello");
  const data = new DataTransfer();
  data.items.add(new File(["x"], "a.png", { type: "image/png" }));
  const zone = t.find("#zone");
  zone.dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true }));
  await t.shows("#zone", "Let go");
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  await t.shows("output", "file-invalid-type");
}
