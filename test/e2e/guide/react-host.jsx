import { initDoorknock, loadDoorknock } from "@doorknock/client";
import { createRoot, hydrateRoot } from "react-dom/client";
import { host, Page } from "./react-page.jsx";

/* A host in React, which embeds the tab as the guide and the README of client/ say. */
initDoorknock({
  getToken: async ({ propertyId }) => {
    const response = await fetch(`/crm/doorknock-token?property=${propertyId}`);
    if (!response.ok) throw new Error("no token");
    return response.text();
  },
});
loadDoorknock({ src: "/v1/loader.js" }).catch(console.error);

const root = document.querySelector("#root");
if (root.hasChildNodes()) hydrateRoot(root, <Page {...host} />);
else createRoot(root).render(<Page {...host} />);
