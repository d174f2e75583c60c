// Tailwind's own style sheets, bundled as text.
declare module "tailwindcss/*.css" {
  const text: string;
  export default text;
}
