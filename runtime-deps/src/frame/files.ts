// Addresses that are only known at run time: what an element loads from
// `/logo.png` would come from the network, which there is none of. The files of
// the project's public folder are modules, known by their paths, whose value is
// a data URL; elements get that in place of the address. For pictures of other
// hosts the studio asks the person (pictures.ts).

import type { Pictures } from "./pictures.ts";
import type { Registry } from "./registry.ts";

/** Attributes by which elements load something, under the name of each element's class. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  HTMLImageElement: ["src", "srcset"],
  HTMLSourceElement: ["src", "srcset"],
  HTMLMediaElement: ["src"],
  HTMLVideoElement: ["poster"],
  HTMLTrackElement: ["src"],
  HTMLInputElement: ["src"],
  SVGImageElement: ["href"],
  SVGUseElement: ["href"],
  SVGFEImageElement: ["href"],
};

/** Those that show a picture. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  HTMLImageElement: ["src", "srcset"],
  HTMLSourceElement: ["srcset"],
  HTMLVideoElement: ["poster"],
  HTMLInputElement: ["src"],
  SVGImageElement: ["href"],
  SVGFEImageElement: ["href"],
};

type Put = (element: Element, attribute: string, value: unknown, apply: (value: string) => void) => void;

/** Only these classes' own methods are replaced: all other elements stay as quick as they are. */
export function installFiles(registry: Registry, pictures: Pictures): void {
  const found = (value: unknown) => resolve(registry, String(value));
  for (const [name, attributes] of Object.entries(ATTRIBUTES)) {
    const { prototype } = window[name as "HTMLImageElement"];
    const put: Put = (element, attribute, value, apply) => {
      const local = localName(attribute);
      if (!attributes.includes(local)) apply(value as string);
      else if (name === "SVGUseElement") apply(sprite(found(value)));
      else if (PICTURES[name]?.includes(local)) pictures.show(element, local, found(value), apply);
      else apply(found(value));
    };
    const { setAttribute, setAttributeNS, removeAttribute } = prototype;
    prototype.setAttribute = function (attribute, value) {
      put(this, attribute, value, (given) => setAttribute.call(this, attribute, given));
    };
    prototype.setAttributeNS = function (namespace: string | null, attribute: string, value: string) {
      put(this, attribute, value, (given) => setAttributeNS.call(this, namespace, attribute, given));
    };
    prototype.removeAttribute = function (attribute) {
      pictures.forget(this, localName(attribute));
      removeAttribute.call(this, attribute);
    };
    for (const attribute of attributes) replaceSetter(prototype, attribute, put);
  }
  window.Audio = new Proxy(window.Audio, {
    construct: (target, [src]) => new target(src === undefined ? undefined : found(src)),
  });
}

function localName(attribute: unknown): string {
  return String(attribute).toLowerCase().replace("xlink:", "");
}

function replaceSetter(prototype: Element, attribute: string, put: Put): void {
  const property = Object.getOwnPropertyDescriptor(prototype, attribute);
  // An SVG's `href` is an object without a setter.
  if (!property?.set) return;
  const { set } = property;
  Object.defineProperty(prototype, attribute, {
    ...property,
    set(this: Element, value: unknown) {
      put(this, attribute, value, (given) => set.call(this, given));
    },
  });
}

/** A value, with the files of the public folder in place of their addresses. */
function resolve(registry: Registry, value: string): string {
  if (!value.includes("/") || value.startsWith("data:")) return value;
  // A list holds several; elsewhere, nothing follows the first space.
  return value.replace(/(^|[\s,])\/([^\s,#?]+)(\?[^\s,#]*)?/g, (written, before: string, path: string) => {
    const url = registry.address(`public/${decoded(path)}`);
    return url === undefined ? written : before + url;
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const sprites = new Map<string, string>();

/** `<use>` takes no data URL: a browser's own address for the same text. */
function sprite(value: string): string {
  const [url = "", fragment = ""] = value.split("#");
  const head = "data:image/svg+xml,";
  if (!url.startsWith(head)) return value;
  let address = sprites.get(url);
  if (address === undefined) {
    const text = decoded(url.slice(head.length));
    address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    sprites.set(url, address);
  }
  return `${address}#${fragment}`;
}
