import { expect, inject, test } from "vitest";
import { createApi, createLaunchedCampaign } from "../support/worker/api.ts";
import { openApp } from "../support/worker/app.ts";
import { addManyRecipients } from "../support/worker/big-office.ts";
import { createClock } from "../support/worker/clock.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

/* Counts the rows that each view reads when it is loaded again, in offices of different sizes. */

/** The most rows that a view reads for itself, whatever the office's size. */
const mostRows = 60;
/** A row for each person without events. */
const rowsPerPerson = 1;
/**
 * The rows of a single small campaign: itself, its three steps, and the person and the email that
 * come next.
 */
const rowsPerSmallCampaign = 6;
/** The most rows for each task, reply or hit that a view shows. */
const mostRowsPerItem = 25;
/** The rows for each campaign of a page of several, whose figures are kept together. */
const rowsPerKeptCampaign = 1;
/**
 * The rows that a view reads for each step that it shows: the step, its letter, the letter's name.
 */
const rowsPerStep = 3;

const pageSize = 25;
const sizes = inject("isDeep") ? [100, 10_000, 1_000_000] : [100, 10_000];

test.each(sizes)(
  "no view reads more rows when it is loaded again in an office of %i recipients",
  { timeout: 900_000 },
  async (size) => {
    const app = await openApp();
    const owner = { email: "owner@example.com", fullName: "Nora Owner", propertyId: "p-1" };
    const { id } = await createLaunchedCampaign(app.api, { recipients: [owner] });
    const [filled = 0] = await addManyRecipients(id, size);
    const { d1, cost } = meterDatabase(bindings.DB, { metersRaw: true });
    const clock = createClock();
    const api = createApi({ clock, env: { DB: d1 } });
    const views: Record<string, string> = {
      "the running campaigns of the home": `/api/campaigns?status=active&limit=${pageSize}`,
      "the campaigns of a property": "/api/campaigns?propertyId=p-1",
      "what needs the agent": "/api/attention",
      "the replies": "/api/replies",
      "the tasks": "/api/tasks",
      "a search": "/api/search?q=nora",
      "a large campaign": `/api/campaigns/${filled}`,
      "the figures of a large campaign": `/api/campaigns/${filled}/analytics`,
      "a page of a large campaign's people": `/api/campaigns/${filled}/recipients?limit=${pageSize}`,
    };
    const read: Record<string, number> = {};
    const excess: Record<string, number> = {};
    for (const [name, path] of Object.entries(views)) {
      expect((await api.get(path)).status, name).toBe(200);
      const before = cost.rowsRead;
      const { json } = await api.get(path);
      const rows = cost.rowsRead - before;
      const items = Math.min(json.items?.length ?? 0, pageSize);
      const isKept = path.startsWith("/api/campaigns?") && items > 1;
      const perItem = isKept
        ? rowsPerKeptCampaign
        : path.includes("/recipients?")
          ? rowsPerPerson
          : path.startsWith("/api/campaigns?")
            ? rowsPerSmallCampaign
            : mostRowsPerItem;
      const most = mostRows + items * perItem;
      read[`${name}, ${items} items`] = rows;
      if (rows > most) excess[name] = rows;
    }
    if (inject("isDeep")) console.log(`rows read in an office of ${size} recipients:`, read);
    expect(excess).toEqual({});
  },
);

test.each([1, 3, 9])(
  "the view of a campaign of %i people reads at most 60 rows besides the rows that it shows",
  async (people) => {
    const app = await openApp();
    const recipients = Array.from({ length: people }, (_, index) => ({
      ...{ email: `owner-${index}@example.com`, fullName: `Nora Owner ${index}` },
      propertyId: "p-1",
    }));
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    const { d1, cost } = meterDatabase(bindings.DB, { metersRaw: true });
    const api = createApi({ clock: createClock(), env: { DB: d1 } });
    await api.get(`/api/campaigns/${id}`);
    const before = cost.rowsRead;
    const { json } = await api.get(`/api/campaigns/${id}`);
    expect(json.nextEmail).not.toBeNull();
    // The view shows the campaign, its steps and the person of the next email.
    const shown = 2 + rowsPerStep * json.steps.length;
    expect(cost.rowsRead - before).toBeLessThanOrEqual(mostRows + shown);
  },
);
