import type { Locator, Page } from "@playwright/test";

/** The slowdown of the processor, as on an old office computer. */
const slowdown = 4;

/**
 * Scrolls a list and then an empty list of the same size and height, with the processor slowed
 * down. Returns the 95th percentile of each list's frame times, in ms.
 */
export async function measureFrames(page: Page, list: Locator): Promise<{ people: number; empty: number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  try {
    return await list.evaluate(scrollBoth);
  } finally {
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
}

/** Runs in the page, so this function uses nothing from outside. */
async function scrollBoth(list: HTMLElement | SVGElement): Promise<{ people: number; empty: number }> {
  const frames = 300;
  const pixelsPerFrame = 192;
  const percentile = 0.95;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const measure = async (box: Element) => {
    const times: number[] = [];
    let before = await nextFrame();
    for (let frame = 0; frame < frames; frame += 1) {
      box.scrollTop += pixelsPerFrame;
      const now = await nextFrame();
      times.push(now - before);
      before = now;
    }
    return times.sort((a, b) => a - b)[Math.floor(frames * percentile)] ?? 0;
  };
  const box = list.getBoundingClientRect();
  const empty = document.createElement("div");
  const size = `left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px`;
  empty.style.cssText = `position:fixed;z-index:9999;overflow:auto;background:white;${size}`;
  const content = document.createElement("div");
  content.style.height = `${list.scrollHeight}px`;
  empty.append(content);
  const people = await measure(list);
  document.body.append(empty);
  try {
    return { people, empty: await measure(empty) };
  } finally {
    empty.remove();
  }
}
