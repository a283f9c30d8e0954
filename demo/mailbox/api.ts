import type { Action, ActionResult, Captured, CapturedSummary } from "./mail.ts";

export async function listMail(): Promise<CapturedSummary[]> {
  const { messages } = await ask<{ messages: CapturedSummary[] }>("/demo/mailbox/messages");
  return messages;
}

export const readMail = (id: string) => ask<Captured>(`/demo/mailbox/messages/${encodeURIComponent(id)}`);

export function act(id: string, action: Action): Promise<ActionResult> {
  return ask(`/demo/mailbox/messages/${encodeURIComponent(id)}/actions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(action),
  });
}

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, init);
  const body = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}
