import { attach, detachTab, tabs, writeText } from "./drawer.js";

/* A host whose drawer has stacked sections and no tabs. The drawer's content scrolls. */
let drawer = null;
let count = 0;

function draw() {
  const content = drawer.querySelector(".content");
  for (const name of tabs) {
    const section = content.querySelector(`[data-name=${name}]`) ?? document.createElement("section");
    section.dataset.name = name;
    section.innerHTML = `<h3>${name}</h3><p>${writeText(name, count)}</p>`;
    content.append(section);
  }
}

window.host = {
  open: () => {
    drawer = document.createElement("section");
    drawer.className = "drawer";
    drawer.innerHTML = '<h2>1 Elm St</h2><div class="content"></div><button>Archive</button>';
    document.body.append(drawer);
    draw();
    attach(drawer);
  },
  close: () => drawer.remove(),
  draw: () => {
    count += 1;
    draw();
  },
  attach: () => attach(drawer),
  detach: detachTab,
};
