import { StrictMode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { attach, detachTab } from "./drawer.js";

/*
 * The drawer of the hosts in React. The host renders its drawer again every 30 ms, and adds the
 * plugin's tab in an effect. In strict mode React runs the effect, undoes it and runs it again.
 */
function Drawer({ Tabs, count }) {
  const drawer = useRef(null);
  useLayoutEffect(() => {
    window.host.attach = () => attach(drawer.current);
    return attach(drawer.current);
  }, []);
  return (
    <section className="drawer" ref={drawer}>
      <Tabs count={count} />
    </section>
  );
}

function Page({ Tabs }) {
  const [isOpen, setOpen] = useState(false);
  const [count, setCount] = useState(0);
  useEffect(() => {
    const draw = () => setCount((last) => last + 1);
    window.host = { open: () => setOpen(true), close: () => setOpen(false), draw, detach: detachTab };
    const timer = setInterval(draw, 30);
    return () => clearInterval(timer);
  }, []);
  return isOpen ? <Drawer Tabs={Tabs} count={count} /> : null;
}

export function render(Tabs) {
  const root = document.createElement("div");
  document.body.append(root);
  createRoot(root).render(
    <StrictMode>
      <Page Tabs={Tabs} />
    </StrictMode>,
  );
}
