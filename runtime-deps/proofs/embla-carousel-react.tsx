// proves: embla-carousel-react, embla-carousel-autoplay
import type { Proof } from "./harness/harness";
import Autoplay from "embla-carousel-autoplay";
import useEmblaCarousel from "embla-carousel-react";
import { useEffect, useState } from "react";

export default function App() {
  const [ref, api] = useEmblaCarousel({ duration: 15 }, [Autoplay({ playOnInit: false })]);
  const [at, setAt] = useState(0);
  useEffect(() => {
    api?.on("select", () => setAt(api.selectedScrollSnap()));
  }, [api]);
  return (
    <main>
      <div ref={ref} style={{ overflow: "hidden", width: 300 }}>
        <div id="slides" style={{ display: "flex" }}>
          {[1, 2, 3].map((slide) => (
            <div key={slide} style={{ flex: "0 0 100%", height: 50 }}>
              {slide}
            </div>
          ))}
        </div>
      </div>
      <button onClick={() => api?.scrollNext()}>Next</button>
      <output>{`${at}, ${api?.plugins().autoplay ? "can play" : ""}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("output", "0, can play");
  await t.press("text=Next");
  await t.shows("output", "1, can play");
  await t.until(() => t.find("#slides").getBoundingClientRect().left < -250, "it slid to the left");
}
