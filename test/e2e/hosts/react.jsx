import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { host, startDoorknock } from "./tab.js";

/*
 * A host in React, in strict mode. The host renders its page again every 30 ms, each time with new
 * objects for the tab's property and contacts.
 */
startDoorknock();

function Page() {
  const [isOpen, setOpen] = useState(false);
  const [renders, setRenders] = useState(0);
  useEffect(() => {
    window.host = { open: () => setOpen(true), close: () => setOpen(false) };
    const timer = setInterval(() => setRenders((count) => count + 1), 30);
    return () => clearInterval(timer);
  }, []);
  if (!isOpen) return <p>{renders}</p>;
  return (
    <section className="drawer" role="dialog" aria-label="Property">
      <p>{renders}</p>
      <doorknock-campaigns
        property-id={host.property.ListingKey}
        property={{ ...host.property }}
        contacts={[...host.contacts]}
      />
    </section>
  );
}

const root = document.createElement("div");
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
