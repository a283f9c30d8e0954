import { expect, type Locator, type Page } from "@playwright/test";
import type { CapturedMailSummary } from "../../demo/mailbox/mail.ts";
import { isFederalHoliday } from "../../worker/domain/schedule/federal-holidays.ts";
import { hour, minute } from "../support/time.ts";

/**
 * Moves the demo's clock to 10:00 in Denver on the next Monday whose week has no federal holiday.
 * On a weekend or a holiday, emails would wait.
 */
export async function advanceDemoToMonday(page: Page): Promise<void> {
  const start = await getDemoNow(page);
  // Denver's offset from UTC is a whole number of hours, so 10:00 in Denver is a full hour in UTC.
  let at = Math.ceil(start / hour) * hour;
  while (!isMondayAtTen(at)) at += hour;
  const minutes = Math.round((at - start) / minute);
  if (minutes > 0) await advanceDemoClock(page, `${minutes}m`);
}

/**
 * Makes Playwright repeat a failed request, because a server may close a connection at the moment
 * at which a request uses the connection (ECONNRESET).
 */
const retried = { maxRetries: 3 };

export async function getDemoNow(page: Page): Promise<number> {
  const { now } = (await (await page.request.get("/demo/clock", retried)).json()) as { now: string };
  return Date.parse(now);
}

export async function advanceDemoClock(page: Page, by: string): Promise<void> {
  const response = await page.request.post("/demo/clock", { data: { advance: by } });
  expect(response.status()).toBe(200);
}

export async function listMailTo(page: Page, email: string): Promise<CapturedMailSummary[]> {
  const response = await page.request.get("/demo/mailbox/messages", retried);
  const { messages } = (await response.json()) as { messages: CapturedMailSummary[] };
  return messages.filter(({ toEmail }) => toEmail === email);
}

/** The longest wait for an email after the Worker has started to send it. */
const arrivalMs = 40_000;
/** The time after which a launch can no longer be undone, and the first email is sent. */
const pastUndo = "15s";

/**
 * Waits until exactly `count` emails to the address have arrived. If emails are missing at first,
 * moves the clock past the time in which a launch can be undone.
 */
export async function expectMails(page: Page, email: string, count: number): Promise<void> {
  const arrived = async () => (await listMailTo(page, email)).length;
  if ((await arrived()) !== count) await advanceDemoClock(page, pastUndo);
  await expect.poll(arrived, { timeout: arrivalMs }).toBe(count);
}

/** Sends a GET request to the API as an agent, and returns the answer. */
export async function fetchFromApi<Answer>(page: Page, propertyId: string, path: string): Promise<Answer> {
  const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId } });
  const { token } = (await signed.json()) as { token: string };
  const response = await page.request.get(path, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as Answer;
}

/**
 * Opens the property's drawer and Doorknock's tab as an agent does, and returns the plugin's
 * element in the drawer.
 */
export async function openCampaignsTab(page: Page, address: string): Promise<Locator> {
  await page.goto("/");
  await page.getByRole("button", { name: address }).click();
  const drawer = page.getByRole("dialog", { name: address });
  await drawer.getByRole("tab", { name: "Campaigns" }).click();
  return drawer.locator("doorknock-campaigns");
}

/**
 * Starts to count the agent's actions in the tab. Returns a function that returns the number of
 * clicks, and the number of fields that the agent has changed.
 */
export async function countActionsInTab(
  page: Page,
): Promise<() => Promise<{ clicks: number; changes: number }>> {
  await page.addInitScript(() => {
    const isInTab = (event: Event) =>
      event.composedPath().some((one) => one instanceof Element && one.localName === "doorknock-campaigns");
    for (const kind of ["click", "input"]) {
      document.addEventListener(
        kind,
        (event) => {
          const counts = document.documentElement.dataset;
          if (event.isTrusted && isInTab(event)) counts[kind] = String(Number(counts[kind] ?? 0) + 1);
        },
        true,
      );
    }
  });
  return () =>
    page.evaluate(() => {
      const { click = 0, input = 0 } = document.documentElement.dataset;
      return { clicks: Number(click), changes: Number(input) };
    });
}

/** Launches with three clicks: the sequence, Launch, and the confirmation. */
export async function launchSellerOutreach(page: Page, address: string): Promise<void> {
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await confirmLaunch(tab);
}

/**
 * Opens the launch view and its choice of a sequence, whether or not the property has campaigns.
 */
export async function openSequenceChoice(tab: Locator): Promise<void> {
  const another = tab.getByRole("button", { name: "New outreach" });
  await another
    .or(tab.getByRole("button", { name: "Seller outreach" }))
    .first()
    .click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
}

/** Opens the list of the office's sequences and presets. */
export async function openSequenceList(tab: Locator): Promise<void> {
  await openSequenceChoice(tab);
  await tab.getByRole("button", { name: "All sequences" }).click();
}

export async function confirmLaunch(tab: Locator): Promise<void> {
  await tab.getByRole("button", { name: "Launch…" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).click();
  await expect(tab.getByRole("dialog")).toBeHidden();
}

/** Opens the newest email to this address in the mailbox page. */
export async function openNewestMail(page: Page, email: string): Promise<Locator> {
  await page.goto("/demo/mailbox");
  await page.getByRole("link", { name: email }).first().click();
  return page.getByRole("article");
}

const weekdayAndTime = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Denver",
  weekday: "short",
  hour: "numeric",
  minute: "numeric",
  hourCycle: "h23",
});

function isMondayAtTen(at: number): boolean {
  if (weekdayAndTime.format(at) !== "Mon 10:00") return false;
  return [0, 1, 2, 3, 4].every((days) => {
    const [date = ""] = new Date(at + days * 24 * hour).toISOString().split("T");
    return !isFederalHoliday(date, Number(date.slice(0, 4)));
  });
}
