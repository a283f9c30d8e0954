import { attach, detachTab, tabs, writeText } from "./drawer.js";

/* A host without a framework, with the roles of tabs. Arrow keys select the next tab. */
let drawer = null;
let count = 0;

function select(chosen) {
  for (const tab of drawer.querySelectorAll("[role=tab]:not([data-doorknock])")) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}

function build() {
  drawer = document.createElement("section");
  drawer.className = "drawer";
  drawer.innerHTML = `<div role="tablist" aria-label="House">${tabs
    .map((name) => `<button role="tab" id="t-${name}" aria-controls="p-${name}">${name}</button>`)
    .join("")}</div>${tabs
    .map((name) => `<div role="tabpanel" id="p-${name}" aria-labelledby="t-${name}">${writeText(name)}</div>`)
    .join("")}`;
  const row = drawer.querySelector("[role=tablist]");
  const own = [...row.children];
  row.addEventListener("click", ({ target }) => select(target.closest("[role=tab]")));
  row.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const next = own[(own.indexOf(target) + step + own.length) % own.length];
    next.focus();
    select(next);
  });
  document.body.append(drawer);
  select(own[0]);
}

window.host = {
  open: () => {
    build();
    attach(drawer);
  },
  close: () => drawer.remove(),
  draw: () => {
    count += 1;
    for (const name of tabs) document.getElementById(`p-${name}`).textContent = writeText(name, count);
  },
  attach: () => attach(drawer),
  detach: detachTab,
};
