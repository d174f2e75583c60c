// proves: qrcode, qrcode.react
import type { Proof } from "./harness/harness";
import QRCode from "qrcode";
import { QRCodeCanvas, QRCodeSVG } from "qrcode.react";
import { useEffect, useState } from "react";

export default function App() {
  const [url, setUrl] = useState("");
  useEffect(() => {
    QRCode.toDataURL("https://example.org", { width: 120 }).then(setUrl);
  }, []);
  return (
    <main>
      <QRCodeSVG value="https://example.org" size={120} level="M" title="Code" />
      <QRCodeCanvas value="https://example.org" size={100} />
      {url && <img src={url} alt="QR" />}
    </main>
  );
}

export async function prove(t: Proof) {
  const picture = await t.element<HTMLImageElement>("img");
  await t.until(() => picture.naturalWidth === 120, "a picture of 120 pixels");
  t.equal(t.find("svg").getAttribute("width"), "120");
  t.ok((t.find("svg path:last-of-type").getAttribute("d") ?? "").length > 500, "many squares");
  const modules = QRCode.create("https://example.org", { errorCorrectionLevel: "M" }).modules.size;
  t.equal(modules, 25);
  t.equal(t.find("svg").getAttribute("viewBox"), `0 0 ${modules} ${modules}`);
  t.ok((await QRCode.toString("x", { type: "svg" })).startsWith("<svg"), "as SVG text");
  const { data } = t.find<HTMLCanvasElement>("canvas").getContext("2d")?.getImageData(0, 0, 10, 10) ?? {
    data: [],
  };
  t.ok(
    data.some((value, index) => index % 4 === 0 && value < 100),
    "the corner's square is dark",
  );
}
