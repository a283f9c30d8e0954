import type { Page } from "@playwright/test";

/** The faults that a host page saw: violations of its policy, and errors of any kind. */
export type HostFaults = { violations: string[]; errors: string[] };

/** Collects the faults of the page from now on. */
export async function collectHostFaults(page: Page): Promise<HostFaults> {
  const faults: HostFaults = { violations: [], errors: [] };
  const isOfPolicy = (text: string) => /Content Security Policy|Trusted ?(Types?|HTML|Script)/i.test(text);
  page.on("pageerror", (error) => faults.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const text = message.text();
    (isOfPolicy(text) ? faults.violations : faults.errors).push(text);
  });
  await page.exposeFunction("reportViolation", (text: string) => faults.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, sample, blockedURI }) => {
        const report = Reflect.get(window, "reportViolation") as (text: string) => void;
        report(`${violatedDirective} ${blockedURI} ${sample}`);
      },
      true,
    );
  });
  return faults;
}

/**
 * The number of objects of each kind that the browser keeps for a page after a garbage collection.
 */
export type KeptObjectCounts = { nodes: number; listeners: number; documents: number; sheets: number };

/** Returns a function that counts the objects that the browser keeps for the page. */
export async function createKeptObjectCounter(page: Page): Promise<() => Promise<KeptObjectCounts>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  return async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const sheets = await page.evaluate(() => document.adoptedStyleSheets.length);
    return {
      nodes: read("Nodes"),
      listeners: read("JSEventListeners"),
      documents: read("Documents"),
      sheets,
    };
  };
}

/** Returns how many more objects the browser keeps now than before. */
export const subtractKeptObjectCounts = (
  now: KeptObjectCounts,
  before: KeptObjectCounts,
): KeptObjectCounts => ({
  nodes: now.nodes - before.nodes,
  listeners: now.listeners - before.listeners,
  documents: now.documents - before.documents,
  sheets: now.sheets - before.sheets,
});
