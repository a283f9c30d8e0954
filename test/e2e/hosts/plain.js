import { createTab, reportShortcut, startDoorknock } from "./tab.js";

/*
 * A host without a framework. The host's drawer is a panel that the host adds and removes. With the
 * attribute `data-shortcuts`, each key is a shortcut while the drawer is open, except in the host's
 * own fields.
 */
startDoorknock();
let drawer = null;
window.host = {
  open: () => {
    drawer = document.createElement("section");
    drawer.className = "drawer";
    drawer.setAttribute("role", "dialog");
    drawer.setAttribute("aria-label", "Property");
    drawer.append(createTab());
    document.body.append(drawer);
  },
  close: () => drawer?.remove(),
};

if ("shortcuts" in document.documentElement.dataset) {
  const isField = ({ localName }) => ["input", "textarea", "select"].includes(localName);
  for (const kind of ["keydown", "keypress", "keyup"]) {
    document.addEventListener(kind, (event) => {
      const isShortcut = !["Tab", "Escape", "Control", "Shift"].includes(event.key);
      if (isShortcut && drawer?.isConnected && !isField(event.target)) reportShortcut(event);
    });
  }
}
