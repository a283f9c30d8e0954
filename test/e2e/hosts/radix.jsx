import * as Dialog from "@radix-ui/react-dialog";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { host, startDoorknock } from "./tab.js";

/* A host whose drawer is a modal dialog of Radix, like the sheets of shadcn. */
startDoorknock();

function Page() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    window.host = { open: () => setOpen(true), close: () => setOpen(false) };
  }, []);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title>Property</Dialog.Title>
          <doorknock-campaigns
            property-id={host.property.ListingKey}
            property={host.property}
            contacts={host.contacts}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const root = document.createElement("div");
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
