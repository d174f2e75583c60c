// proves: react-router, react-router-dom
// sandbox: The address is the app's own: the preview keeps it and shows it in its bar. An app starts at "/".
import type { Proof } from "./harness/harness";
import { createMemoryRouter, Outlet, RouterProvider, useLoaderData } from "react-router";
import { BrowserRouter, HashRouter, Link, Route, Routes, useNavigate, useParams } from "react-router-dom";

function Person() {
  const go = useNavigate();
  return <button onClick={() => go("/")}>Person {useParams().id}</button>;
}

const router = createMemoryRouter([
  {
    path: "/",
    element: <Outlet />,
    children: [
      { index: true, loader: async () => "loaded", Component: () => <i>{useLoaderData() as string}</i> },
    ],
  },
]);

export default function App() {
  return (
    <main>
      <RouterProvider router={router} />
      <BrowserRouter>
        <Link to="/here">Here</Link>
        <Routes>
          <Route path="/here" element={<b>here</b>} />
          <Route path="*" element={<b>start</b>} />
        </Routes>
      </BrowserRouter>
      <HashRouter>
        <Link to="/people/7">Seven</Link>
        <Routes>
          <Route path="/" element={<p>Home</p>} />
          <Route path="/people/:id" element={<Person />} />
        </Routes>
      </HashRouter>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("p", "Home");
  await t.shows("i", "loaded");
  await t.shows("b", "start");
  await t.press("text=Here");
  await t.shows("b", "here");
  t.equal(location.pathname, "/here");
  await t.press("text=Seven");
  await t.shows("button", "Person 7");
  t.equal(location.hash, "#/people/7");
  await t.press("button");
  await t.shows("p", "Home");
}
