import { attach, detachTab, tabs, writeText } from "./drawer.js";

/*
 * A host without a framework and without roles. Each change draws the row and the content again,
 * with new elements. A click anywhere in the row is taken for a click on a tab of the host.
 */
let drawer = null;
let selected = "Details";
let count = 0;
let endInject = null;

const create = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

function draw() {
  const row = create("div", "tabs");
  for (const name of tabs) row.append(create("button", name === selected ? "tab bold" : "tab", name));
  row.addEventListener("click", ({ target }) => {
    selected = target.textContent;
    draw();
  });
  const content = create("div", "content");
  content.append(create("p", "", writeText(selected, count)));
  drawer.replaceChildren(row, content);
}

window.host = {
  open: () => {
    drawer = create("section", "drawer");
    drawer.dataset.id = "p_one";
    draw();
    document.body.append(drawer);
    if (endInject === null) attach(drawer);
  },
  close: () => drawer.remove(),
  draw: () => {
    count += 1;
    draw();
  },
  attach: () => attach(drawer),
  detach: detachTab,
  inject: () => {
    endInject = window.Doorknock.autoInject({
      drawer: ".drawer",
      propertyId: ({ dataset }) => dataset.id,
    });
  },
  endInject: () => endInject(),
};
