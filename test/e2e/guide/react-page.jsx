import { StrictMode } from "react";
// The test writes these files from the guide and from the README of client/, word for word.
import { Drawer } from "./drawer.tsx";
import { Sheet } from "./sheet.tsx";

/* What the server and the browser both render. The page has the host's records as JSON. */
export const host =
  typeof document === "undefined" ? null : JSON.parse(document.querySelector("#host").textContent);

export const Page = ({ isSheet, ...props }) => (
  <StrictMode>{isSheet ? <Sheet {...props} /> : <Drawer {...props} />}</StrictMode>
);
