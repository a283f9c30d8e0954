import { toDoorknockProperty } from "../../demo/crm/doorknock.ts";
import { propertyRecords } from "../../demo/data/properties.ts";
import { chooseRunCount, isDeep } from "../support/node/depth.ts";
import {
  copyFromWord,
  createSequence,
  deleteStep,
  dragStep,
  editLetter,
  openSequence,
  pasteFromWord,
  previewLetter,
  readStepKinds,
  reopenDrawer,
  replaceSelection,
  undoAndRedo,
} from "./hosts/editor-flows.ts";
import {
  buildHostScripts,
  type HostScripts,
  hostPages,
  joinedHostPages,
  openHostPage,
  openOrCloseDrawer,
} from "./hosts/host-pages.ts";
import { expectReadingOrder } from "./hosts/reading-order.ts";
import { collectHostFaults, createKeptObjectCounter, subtractKeptObjectCounts } from "./hosts/watch-host.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests the editors in host pages of many kinds. In each page an agent edits, selects, undoes,
 * pastes and drags. Then the page closes and opens its drawer again and again. The page must report
 * no error and no violation of its policy, and closed drawers must leave nothing behind. The file
 * prints the results.
 */

const propertyId = "p_861";
const property = propertyRecords.find(({ id }) => id === propertyId);
if (property === undefined) throw new Error(`The demo has no property ${propertyId}.`);
const records = { property: toDoorknockProperty(property), contacts: property.contacts };

/**
 * The number of times that each host's drawer closes while the test counts what is left behind. A
 * few times are enough in `npm test`: five empty drawers in memory are already over the limits.
 */
const closings = chooseRunCount(5, 50);
/** The number of times that the drawer closes before the count, so that all code is loaded. */
const warmUps = chooseRunCount(2, 5);

const rows: Record<string, string | number>[] = [];
let scripts: HostScripts;

test.beforeAll(async () => {
  scripts = await buildHostScripts();
});
test.afterAll(() => console.table(rows));
test.afterEach(async ({ page }) => await page.unrouteAll({ behavior: "ignoreErrors" }));
test.use({ permissions: ["clipboard-read", "clipboard-write"] });

for (const host of isDeep ? hostPages : joinedHostPages)
  test(`the editors work in a host of the kind: ${host.name}`, async ({ page }) => {
    const faults = await collectHostFaults(page);
    const id = await createSequence(page, propertyId, host.name);
    await openHostPage(page, host, scripts, records);
    await copyFromWord(page);
    await openOrCloseDrawer(page, "open");
    const tab = page.locator("doorknock-campaigns");
    const flows: [name: string, run: () => Promise<void>][] = [
      ["open", () => openSequence(page, tab, host.name)],
      ["reading order", () => expectReadingOrder(tab)],
      ["edit", () => editLetter(page, tab)],
      ["select", () => replaceSelection(page, tab)],
      ["undo", () => undoAndRedo(page, tab)],
      ["paste", () => pasteFromWord(page, tab)],
      ["preview", () => previewLetter(tab)],
      ["drag", () => dragStep(page, tab)],
      ["delete", () => deleteStep(tab)],
    ];
    for (const [name, run] of flows) await test.step(name, run);
    expect(await readStepKinds(page, propertyId, id)).toEqual(["task", "email", "email"]);

    const count = await createKeptObjectCounter(page);
    await reopenDrawer(page, warmUps);
    const before = await count();
    await reopenDrawer(page, closings);
    const left = subtractKeptObjectCounts(await count(), before);
    const { violations, errors } = faults;
    rows.push({
      host: host.name,
      flows: flows.map(([name]) => name).join(" "),
      violations: violations.length,
      errors: errors.length,
      closings,
      ...left,
    });
    expect(faults).toEqual({ violations: [], errors: [] });
    // If the page kept closed drawers in memory, each drawer would add at least 6 nodes and 7
    // listeners, even an empty drawer.
    expect(left.nodes).toBeLessThan(200);
    expect(left.listeners).toBeLessThan(25);
    expect(left.documents).toBeLessThan(2);
    expect(left.sheets).toBe(0);
  });
