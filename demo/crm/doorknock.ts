import type { HTMLAttributes } from "preact";
import type { ContactRecord, PropertyRecord } from "../data/records.ts";

/*
 * Embeds Doorknock in this CRM. The loader's script tag is in index.html. Calls made before the
 * loader arrives wait in the array `window.Doorknock`, and the loader replays them.
 */
type DoorknockQueue = { push(call: readonly [name: string, ...args: unknown[]]): unknown };
declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: a type can't extend the DOM's `Window`.
  interface Window {
    Doorknock?: DoorknockQueue;
  }
}

const theme = {
  colorPrimary: "#1f4b3f",
  colorText: "#22302b",
  colorMuted: "#59675f",
  colorSurface: "#fffdf8",
  colorSunken: "#f7f1e1",
  colorBorder: "#e2ddd0",
  font: '"Avenir Next", Avenir, "Segoe UI", Ubuntu, Roboto, sans-serif',
  fontSize: "15px",
};

/**
 * Maps each Doorknock event that this CRM records in its own timeline to the text that the timeline
 * shows.
 */
const timelineTexts = {
  "campaign-launched": "Alex launched an email campaign",
  "task-done": "Alex completed a campaign task",
} as const;

export function startDoorknock(onNews: (propertyId: string, text: string) => void): void {
  window.Doorknock ??= [];
  window.Doorknock.push([
    "init",
    {
      api: location.origin,
      getToken: ({ propertyId }: { propertyId: string | null }) => fetchToken(propertyId),
      appearance: { theme: "light", variables: theme },
    },
  ]);
  for (const [type, text] of Object.entries(timelineTexts)) {
    document.addEventListener(`dk:${type}`, (event) => {
      if (event instanceof CustomEvent) onNews(event.detail.propertyId, text);
    });
  }
}

/**
 * Asks the CRM's backend for a five-minute token of the signed-in agent. The page never sees the
 * signing secret.
 */
async function fetchToken(propertyId: string | null): Promise<string> {
  const response = await fetch("/demo/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "agent", propertyId }),
  });
  if (!response.ok) throw new Error(`The CRM gave no token (HTTP ${response.status}).`);
  const { token } = (await response.json()) as { token: string };
  return token;
}

/**
 * The `doorknock-campaigns` element with the two DOM properties that this page sets: the property's
 * record and the contacts' records, all with RESO names.
 */
export type CampaignsElement = HTMLElement & {
  property: Record<string, unknown>;
  contacts: readonly ContactRecord[];
};

export function toDoorknockProperty({
  contacts,
  activities,
  id,
  note,
  estimatedValue,
  ...reso
}: PropertyRecord) {
  return { ...reso, ListingKey: id };
}

declare module "preact" {
  namespace JSX {
    // biome-ignore lint/style/useConsistentTypeDefinitions: a type can't extend Preact's interface.
    interface IntrinsicElements {
      "doorknock-campaigns": HTMLAttributes<CampaignsElement> & { "property-id"?: string; view?: "home" };
    }
  }
}
