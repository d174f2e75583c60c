// The only script that the page names. It loads the studio, and when that
// fails, says why in plain words: never a blank page.

import { keepCopy, takeUpdate } from "./offline.ts";

interface Assets {
  frontendJs: string;
  frontendWasm: string;
}

interface Frontend {
  default(options: { module_or_path: string }): Promise<unknown>;
}

/** A cause that the person can do something about. */
class Cause extends Error {}

start().catch((error: unknown) => showFailure(error));

async function start(): Promise<void> {
  checkBrowser();
  await takeUpdate();
  const assets = readAssets();
  let frontend: Frontend;
  try {
    frontend = (await import(new URL(assets.frontendJs, location.href).href)) as Frontend;
  } catch (error) {
    throw new Cause(await whyMissing(assets.frontendJs, error));
  }
  try {
    await frontend.default({ module_or_path: new URL(assets.frontendWasm, location.href).href });
  } catch (error) {
    const missing = await missingFile(assets.frontendWasm);
    throw missing ? new Cause(missing) : error;
  }
  keepCopy();
}

function checkBrowser(): void {
  const missing = [
    typeof WebAssembly === "object" ? "" : "WebAssembly",
    typeof Worker === "function" ? "" : "web workers",
    typeof Object.hasOwn === "function" && typeof structuredClone === "function" ? "" : "current JavaScript",
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new Cause(
      `This browser lacks ${missing.join(" and ")}. Use a current version of Chrome, Edge, Firefox or Safari.`,
    );
  }
}

function readAssets(): Assets {
  const content = document.querySelector<HTMLMetaElement>('meta[name="cumulet-assets"]')?.content;
  try {
    const assets = JSON.parse(content ?? "") as Partial<Assets>;
    const { frontendJs, frontendWasm } = assets;
    if (typeof frontendJs === "string" && typeof frontendWasm === "string")
      return { frontendJs, frontendWasm };
  } catch {
    // Told below.
  }
  throw new Cause(
    "The page doesn't name its files (the cumulet-assets element is missing or damaged). Build the site again.",
  );
}

async function whyMissing(address: string, error: unknown): Promise<string> {
  return (await missingFile(address)) ?? `${address} could not be run: ${messageOf(error)}`;
}

/** Why a file can't be had, or undefined when it is there. */
async function missingFile(address: string): Promise<string | undefined> {
  if (!navigator.onLine) return "You are offline, and this browser has no copy of Cumulet yet.";
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (response.ok) return undefined;
    return `${address} is missing (the server answered ${response.status}). A new version may just have been put in place.`;
  } catch {
    return "The server can't be reached.";
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function showFailure(error: unknown): void {
  console.error(error);
  const box = document.createElement("main");
  box.setAttribute("role", "alert");
  box.style.cssText =
    "max-width:36rem;margin:20vh auto 0;padding:0 1.5rem;font:1rem/1.5 system-ui,sans-serif;color:CanvasText";
  const title = document.createElement("h1");
  title.textContent = "Cumulet couldn't start";
  title.style.cssText = "font-size:1.25rem;font-weight:600;margin:0 0 .5rem";
  const cause = document.createElement("p");
  cause.textContent =
    error instanceof Cause ? error.message : `It stopped with an error: ${messageOf(error)}`;
  cause.style.cssText = "margin:0 0 1rem";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Reload";
  button.style.cssText = "font:inherit;padding:.4rem 1rem";
  button.addEventListener("click", () => location.reload());
  box.append(title, cause, button);
  document.body.replaceChildren(box);
}
