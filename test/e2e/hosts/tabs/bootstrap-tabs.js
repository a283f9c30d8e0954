import "bootstrap/js/dist/tab.js";
import { attach, detachTab, tabs, writeText } from "./drawer.js";

/* Tabs of Bootstrap, which Bootstrap's own script runs. */
let drawer = null;
let count = 0;

window.host = {
  open: () => {
    drawer = document.createElement("section");
    drawer.className = "drawer";
    drawer.innerHTML = `<ul class="nav nav-tabs" role="tablist">${tabs
      .map(
        (name, at) => `<li class="nav-item" role="presentation">
          <button class="nav-link ${at === 0 ? "active" : ""}" id="t-${name}" data-bs-toggle="tab"
            data-bs-target="#p-${name}" type="button" role="tab" aria-controls="p-${name}"
            aria-selected="${at === 0}">${name}</button></li>`,
      )
      .join("")}</ul><div class="tab-content">${tabs
      .map(
        (name, at) => `<div class="tab-pane ${at === 0 ? "show active" : ""}" id="p-${name}"
          role="tabpanel" aria-labelledby="t-${name}" tabindex="0">${writeText(name)}</div>`,
      )
      .join("")}</div>`;
    document.body.append(drawer);
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
