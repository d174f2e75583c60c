// What the harnesses give programs, and show of what these export.

/** What JSON can show: functions and classes by their kind and name. */
export function plain(value) {
  if (typeof value === "function") return `function ${value.name}`;
  if (value === undefined) return "undefined";
  return value;
}

/** Packages, as far as the fixtures use them. */
export function dependencies() {
  const jsx = (type, props, key) => ({
    type: typeof type === "function" ? type.name : type,
    props,
    ...(key === undefined ? {} : { key }),
  });
  const react = {
    Fragment: "fragment",
    useState: (value) => [value, () => {}],
    useRef: (current) => ({ current }),
    useEffect: () => {},
    memo: (type) => type,
    forwardRef: (render) => render,
    lazy: () => function Lazy() {},
    createContext: (value) => ({ value }),
    createElement: (type, props, ...children) => jsx(type, { ...props, children }),
    self() {
      return this === undefined;
    },
    Component: class Component {},
  };
  return {
    core: {
      react: { ...react, default: react },
      "react/jsx-runtime": { jsx, jsxs: jsx, Fragment: "fragment" },
      "react-dom/client": { createRoot: () => ({ render() {} }) },
      cumulet: { SandboxAPI: { theme: "light" }, useAppData: (name) => `${name} are kept` },
    },
    icons: { "lucide-react": { Plus: function Plus() {}, Heart: function Heart() {} } },
    utils: {
      "date-fns": { format: (date) => `formatted ${date}`, addDays: (date, n) => date + n },
      clsx: { clsx: (...names) => names.join(" "), default: (...names) => names.join(" ") },
    },
  };
}
