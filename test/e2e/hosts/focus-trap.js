import { createFocusTrap } from "focus-trap";
import { createTab, startDoorknock } from "./tab.js";

/* A host whose drawer keeps the focus inside the drawer and closes on Escape. */
startDoorknock();
let trap = null;
window.host = {
  open: () => {
    const drawer = document.createElement("section");
    drawer.className = "drawer";
    drawer.setAttribute("role", "dialog");
    drawer.setAttribute("aria-label", "Property");
    const close = document.createElement("button");
    close.textContent = "Close";
    drawer.append(close, createTab());
    document.body.append(drawer);
    trap = createFocusTrap(drawer, { onDeactivate: () => drawer.remove() });
    trap.activate();
  },
  close: () => trap?.deactivate({ returnFocus: false }),
};
