import { createRoot } from "react-dom/client";
import { Toaster as SonnerToaster } from "@/components/ui/sonner";
import { Toaster } from "@/components/ui/toaster";
import { Controls } from "./controls.tsx";
import { Display } from "./display.tsx";
import { Overlays } from "./overlays.tsx";
import { Shell } from "./shell.tsx";

const pages = { controls: Controls, overlays: Overlays, display: Display } as const;

/** Which page is shown: the document says so, since a sandboxed one has no address of its own. */
const name = document.documentElement.dataset.page ?? "controls";

function Gallery() {
  if (name === "sidebar" || name === "floating" || name === "inset") return <Shell variant={name} />;
  const Page = pages[name as keyof typeof pages];
  return (
    <>
      <main className="mx-auto flex max-w-5xl flex-col gap-10 px-4 py-8 sm:px-8">
        <h1 className="text-2xl font-semibold tracking-tight capitalize">{name}</h1>
        <Page />
      </main>
      <Toaster />
      <SonnerToaster />
    </>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Gallery />);
