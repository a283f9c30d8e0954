import { effect, signal } from "@preact/signals";
import { listMail, readMail, sendAction } from "./api.ts";
import type { Action, CapturedMail, CapturedMailSummary } from "./mail.ts";

const refreshMs = 2000;

export const mails = signal<CapturedMailSummary[] | null>(null);
export const current = signal<CapturedMail | null>(null);
export const fault = signal<string | null>(null);
export const news = signal<string | null>(null);
export const isBusy = signal(false);

/** The URL hash holds the id of the open email, so that reload and Back work. */
const selected = signal(location.hash.slice(1));
window.addEventListener("hashchange", () => {
  selected.value = location.hash.slice(1);
});

effect(() => {
  const id = selected.value;
  news.value = null;
  if (id === "") current.value = null;
  else void guard(async () => show(id, await readMail(id)));
});

export function closeMail(): void {
  location.hash = "";
}

function show(id: string, mail: CapturedMail): void {
  // Another email may have been chosen while this email was loading.
  if (selected.peek() === id) current.value = mail;
}

export async function keepListFresh(): Promise<never> {
  for (;;) {
    await guard(refresh);
    await new Promise((done) => setTimeout(done, refreshMs));
  }
}

/**
 * Reads the list again, with the facts of the open email. Events are applied a moment after a route
 * has answered.
 */
async function refresh(): Promise<void> {
  const list = await listMail();
  mails.value = list;
  fault.value = null;
  const open = current.value;
  const facts = list.find(({ id }) => id === open?.id)?.facts;
  if (open && facts && facts.join() !== open.facts.join()) current.value = { ...open, facts };
}

const done: Record<Action["action"], string> = {
  open: "Opened: the pixel was loaded.",
  click: "Clicked.",
  reply: "The reply was delivered.",
  bounce: "The service was told that this address does not exist.",
  complain: "The service was told that this is spam.",
  unsubscribe: "Unsubscribed with one click.",
};

export async function performAction(action: Action): Promise<boolean> {
  const mail = current.value;
  if (mail === null) return false;
  isBusy.value = true;
  news.value = null;
  let isDone = false;
  await guard(async () => {
    const { status, location } = await sendAction(mail.id, action);
    isDone = status < 400;
    const to = location === null ? "" : ` It leads to ${location}`;
    news.value = isDone ? `${done[action.action]}${to}` : `The route answered ${status}.`;
    await refresh();
  });
  isBusy.value = false;
  return isDone;
}

async function guard(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    fault.value = error instanceof Error ? error.message : "Something failed.";
  }
}
