import type { DoorknockElement } from "../host/host.ts";
import { homePagePropertyId, type Session } from "./state.ts";
import { formatViewPath, parseViewPath } from "./view-path.ts";

/**
 * Opens the view that the element's `view` attribute names, now and after each change by the host.
 * An attribute that names no view changes nothing. Whenever the agent moves to another view, tells
 * the host (`dk:navigate`), so that the host can keep the view in its URL.
 * @returns a function that stops following the attribute and telling the host
 */
export function followViewAttribute(session: Session, element: DoorknockElement): () => void {
  const isHome = session.propertyId === homePagePropertyId;
  const getPath = () => (element.getAttribute("view") ?? "").replace(isHome ? /^home\/?/ : "", "");
  const open = () => {
    const view = parseViewPath(getPath());
    if (view !== null && formatViewPath(view) !== formatViewPath(session.view.peek())) session.go(view);
  };
  let told = getPath();
  // An empty path opens no view here, because a host may have unmounted the element and added it
  // again. The element then still shows the view that the agent left.
  if (told !== "") open();
  const endTelling = session.view.subscribe((view) => {
    const path = formatViewPath(view);
    if (path === told) return;
    told = path;
    session.emit("navigate", { view: isHome ? ["home", path].filter(Boolean).join("/") : path });
  });
  const observer = new MutationObserver(open);
  observer.observe(element, { attributeFilter: ["view"] });
  return () => {
    observer.disconnect();
    endTelling();
  };
}
