// A picture of what the app shows now. No page can read the pixels of a frame,
// so the document is drawn once more: as SVG with HTML in it, which stands for
// itself, on a canvas. What can't stand in there is told.

/** What a picture may lack. */
export type Missing = "frames" | "videos" | "canvases" | "pictures";

export interface Screenshot {
  png: Blob;
  missing: Missing[];
}

const XHTML = "http://www.w3.org/1999/xhtml";
/** Canvases are no larger than this, in pixels: beyond, browsers draw nothing. */
const MAX_PIXELS = 16_000_000;

/** Throws where the browser draws no such picture. */
export async function takeScreenshot(): Promise<Screenshot> {
  const missing = new Set<Missing>();
  const copy = await copyOf(document.documentElement, missing);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(copy))}`;
  await image.decode();
  const scale = Math.min(devicePixelRatio, Math.sqrt(MAX_PIXELS / (innerWidth * innerHeight)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(innerWidth * scale);
  canvas.height = Math.round(innerHeight * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!png) throw new Error("the browser made no picture");
  return { png, missing: [...missing] };
}

/** As large as the frame, and scrolled as far. */
function svgOf(html: HTMLElement): string {
  const shift = `position: relative; inset-inline-start: ${-scrollX}px; inset-block-start: ${-scrollY}px;`;
  html.style.cssText += `${shift} min-block-size: 100%; background: ${background()};`;
  html.setAttribute("xmlns", XHTML);
  const content = new XMLSerializer().serializeToString(html);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${innerWidth}" height="${innerHeight}"><foreignObject width="100%" height="100%">${content}</foreignObject></svg>`;
}

/** What lies behind everything: of the body, where the root has none. */
function background(): string {
  const isClear = (color: string) => color === "rgba(0, 0, 0, 0)" || color === "transparent";
  const colors = [document.documentElement, document.body].map((of) => getComputedStyle(of).backgroundColor);
  const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  return colors.find((color) => !isClear(color)) ?? (dark ? "#111" : "#fff");
}

async function copyOf(root: HTMLElement, missing: Set<Missing>): Promise<HTMLElement> {
  const copy = root.cloneNode(true) as HTMLElement;
  const originals = [...root.querySelectorAll("*")];
  const copies = [...copy.querySelectorAll("*")];
  for (const [index, original] of originals.entries()) {
    const twin = copies[index];
    if (twin) await settle(original, twin, missing);
  }
  for (const unwanted of copy.querySelectorAll("script, style, link, meta, cumulet-picker"))
    unwanted.remove();
  const style = document.createElement("style");
  style.textContent = styleText();
  copy.querySelector("head")?.append(style);
  return copy;
}

/** Every rule as it stands, those that scripts put in among them. */
function styleText(): string {
  const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
  return sheets
    .filter((sheet) => !sheet.disabled)
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))
    .join("\n");
}

/** Puts what an element has besides its markup into the markup of its copy. */
async function settle(original: Element, copy: Element, missing: Set<Missing>): Promise<void> {
  if (original.scrollTop !== 0 || original.scrollLeft !== 0) keepScroll(original, copy);
  if (original instanceof HTMLInputElement) {
    if (original.type !== "file") copy.setAttribute("value", original.value);
    copy.toggleAttribute("checked", original.checked);
  } else if (original instanceof HTMLTextAreaElement) copy.textContent = original.value;
  else if (original instanceof HTMLOptionElement) copy.toggleAttribute("selected", original.selected);
  else if (original instanceof HTMLImageElement) await settlePicture(original, copy, missing);
  else if (original instanceof HTMLCanvasElement) settleCanvas(original, copy, missing);
  else if (original instanceof HTMLVideoElement) missing.add("videos");
  else if (original instanceof HTMLIFrameElement) missing.add("frames");
}

/** A copy isn't scrolled: what is in it lies as much higher. */
function keepScroll(original: Element, copy: Element): void {
  for (const child of copy.children) {
    if (child instanceof HTMLElement || child instanceof SVGElement) {
      child.style.translate = `${-original.scrollLeft}px ${-original.scrollTop}px`;
    }
  }
}

/** A picture in a picture has its bytes with it. */
async function settlePicture(
  original: HTMLImageElement,
  copy: Element,
  missing: Set<Missing>,
): Promise<void> {
  copy.removeAttribute("srcset");
  copy.removeAttribute("loading");
  const address = original.currentSrc || original.src;
  const url = address.startsWith("blob:") ? await dataUrl(address) : address;
  if (url?.startsWith("data:")) copy.setAttribute("src", url);
  else if (address !== "") missing.add("pictures");
}

async function dataUrl(address: string): Promise<string | undefined> {
  try {
    const blob = await (await fetch(address)).blob();
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  } catch {
    return undefined;
  }
}

function settleCanvas(original: HTMLCanvasElement, copy: Element, missing: Set<Missing>): void {
  try {
    const picture = document.createElement("img");
    for (const { name, value } of copy.attributes) picture.setAttribute(name, value);
    const { width, height } = getComputedStyle(original);
    Object.assign(picture.style, { width, height });
    picture.src = original.toDataURL();
    copy.replaceWith(picture);
  } catch {
    missing.add("canvases");
  }
}
