// proves: browser-image-compression
// sandbox: Its worker loads the library from a web address, which an app can't reach, and it then compresses without one, in the page: the result is the same. useWebWorker: false spares the attempt.
import type { Proof } from "./harness/harness";
import compress from "browser-image-compression";
import { useState } from "react";

async function picture(): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 400;
  const context = canvas.getContext("2d");
  for (let at = 0; at < 400; at += 4) {
    if (context) context.fillStyle = `hsl(${at * 7} 80% 50%)`;
    context?.fillRect(at, (at * 13) % 400, 60, 60);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return new File([blob as Blob], "picture.png", { type: "image/png" });
}

export default function App() {
  const [result, setResult] = useState("");
  const run = async (useWebWorker: boolean) => {
    const file = await picture();
    const small = await compress(file, { maxWidthOrHeight: 100, fileType: "image/jpeg", useWebWorker });
    const { width } = await createImageBitmap(small);
    setResult(`${small.type}, ${width} wide, ${small.size < file.size ? "smaller" : "larger"}`);
  };
  return (
    <main>
      <button onClick={() => run(false)}>Plain</button>
      <button onClick={() => setResult("")}>Clear</button>
      <button onClick={() => run(true)}>Worker</button>
      <output>{result}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Plain");
  await t.shows("output", "image/jpeg, 100 wide, smaller");
  await t.press("text=Clear");
  await t.shows("output", "");
  await t.press("text=Worker");
  await t.shows("output", "image/jpeg, 100 wide, smaller");
}
