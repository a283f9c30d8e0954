import type { CapturedMail, CapturedMailSummary, MailAction, MailActionResult } from "./mail.ts";

export async function listMail(): Promise<CapturedMailSummary[]> {
  const { messages } = await callDemo<{ messages: CapturedMailSummary[] }>("/demo/mailbox/messages");
  return messages;
}

export const readMail = (id: string) =>
  callDemo<CapturedMail>(`/demo/mailbox/messages/${encodeURIComponent(id)}`);

export function sendAction(id: string, action: MailAction): Promise<MailActionResult> {
  return callDemo(`/demo/mailbox/messages/${encodeURIComponent(id)}/actions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(action),
  });
}

async function callDemo<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, init);
  const body = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}
