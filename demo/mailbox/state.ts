import { effect, signal } from "@preact/signals";
import { listMail, readMail, sendAction } from "./api.ts";
import type { CapturedMail, CapturedMailSummary, MailAction } from "./mail.ts";

const refreshMs = 2000;

export const capturedMails = signal<CapturedMailSummary[] | null>(null);
export const openedMail = signal<CapturedMail | null>(null);
export const mailboxFault = signal<string | null>(null);
export const actionMessage = signal<string | null>(null);
export const isPerformingAction = signal(false);

/**
 * The id of the selected email, from the URL's hash. The hash keeps the selection over a reload and
 * makes the Back button work.
 */
const selected = signal(location.hash.slice(1));
window.addEventListener("hashchange", () => {
  selected.value = location.hash.slice(1);
});

effect(() => {
  const id = selected.value;
  actionMessage.value = null;
  if (id === "") openedMail.value = null;
  else void catchFault(async () => showMail(id, await readMail(id)));
});

export function closeMail(): void {
  location.hash = "";
}

function showMail(id: string, mail: CapturedMail): void {
  // The visitor may have chosen another email while this email was loading.
  if (selected.peek() === id) openedMail.value = mail;
}

export async function pollMailList(): Promise<never> {
  for (;;) {
    await catchFault(refresh);
    await new Promise((done) => setTimeout(done, refreshMs));
  }
}

/**
 * Reads the list and updates the facts of the selected email. The page reads the list every two
 * seconds, because the product answers a button's request at once, but applies the resulting event
 * a moment later.
 */
async function refresh(): Promise<void> {
  const list = await listMail();
  capturedMails.value = list;
  mailboxFault.value = null;
  const open = openedMail.value;
  const facts = list.find(({ id }) => id === open?.id)?.facts;
  if (open && facts && facts.join() !== open.facts.join()) openedMail.value = { ...open, facts };
}

const done: Record<MailAction["action"], string> = {
  open: "Opened: the pixel was loaded.",
  click: "Clicked.",
  reply: "The reply was delivered.",
  bounce: "The email service was told that this address doesn't exist.",
  complain: "The email service was told that this is spam.",
  unsubscribe: "Unsubscribed with one click.",
};

export async function performAction(action: MailAction): Promise<boolean> {
  const mail = openedMail.value;
  if (mail === null) return false;
  isPerformingAction.value = true;
  actionMessage.value = null;
  let isDone = false;
  await catchFault(async () => {
    const { status, location } = await sendAction(mail.id, action);
    isDone = status < 400;
    const to = location === null ? "" : ` It leads to ${location}`;
    actionMessage.value = isDone ? `${done[action.action]}${to}` : `The route answered ${status}.`;
    await refresh();
  });
  isPerformingAction.value = false;
  return isDone;
}

async function catchFault(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    mailboxFault.value = error instanceof Error ? error.message : "Something went wrong.";
  }
}
