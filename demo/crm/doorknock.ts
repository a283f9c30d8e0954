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

/**
 * This CRM's colors and fonts. Each color has a value for the light theme and for the dark theme.
 */
const theme = {
  colorPrimary: "light-dark(#1f4b3f, #8fd0b6)",
  colorText: "light-dark(#22302b, #e8eee9)",
  colorMuted: "light-dark(#59675f, #a5b3ab)",
  colorSurface: "light-dark(#fffdf8, #16201c)",
  colorSunken: "light-dark(#f7f1e1, #1f2b26)",
  colorBorder: "light-dark(#e2ddd0, #35443d)",
  font: '"Avenir Next", Avenir, "Segoe UI", Ubuntu, Roboto, sans-serif',
  fontSize: "15px",
};

/** The text in the CRM's own timeline for each Doorknock event that the timeline shows. */
const timelineTexts = {
  "campaign-launched": "Alex launched an email campaign",
  "task-done": "Alex completed a campaign task",
} as const;

/** The roles in which a visitor can look at the demo. */
export const demoRoles = { agent: "Agent", teamLead: "Team lead", admin: "Admin", viewer: "Viewer" } as const;
export type DemoRole = keyof typeof demoRoles;

/** Signs a person with this role in, and signs the earlier person out. */
export function signIn(role: DemoRole): void {
  window.Doorknock ??= [];
  window.Doorknock.push([
    "init",
    {
      api: location.origin,
      getToken: ({ propertyId }: { propertyId: string | null }) => fetchToken(role, propertyId),
      appearance: { theme: "light", variables: theme },
    },
  ]);
}

type News = {
  /** Called with a text for the property's timeline. */
  onNews: (propertyId: string, text: string) => void;
  /** Called when the agent wants to see a property. */
  onOpenProperty: (propertyId: string) => void;
  /**
   * Called when the agent's home page shows another view, with the value of its attribute `view`.
   */
  onHomeMove: (view: string) => void;
};

export function startDoorknock({ onNews, onOpenProperty, onHomeMove }: News): void {
  signIn("agent");
  document.addEventListener("dk:open-property", (event) => {
    if (event instanceof CustomEvent) onOpenProperty(event.detail.propertyId);
  });
  document.addEventListener("dk:navigate", (event) => {
    if (event instanceof CustomEvent && event.detail.propertyId === "") onHomeMove(event.detail.view);
  });
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
async function fetchToken(role: DemoRole, propertyId: string | null): Promise<string> {
  const response = await fetch("/demo/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role, propertyId }),
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

/** Opens Doorknock's launch to the owners of these properties, once the Outreach page is shown. */
export function writeToOwners(records: readonly PropertyRecord[]): void {
  const properties = records.map((record) => ({
    propertyId: record.id,
    property: toDoorknockProperty(record),
    contacts: record.contacts,
  }));
  window.Doorknock?.push(["launch", { properties }]);
}

declare module "preact" {
  namespace JSX {
    // biome-ignore lint/style/useConsistentTypeDefinitions: a type can't extend Preact's interface.
    interface IntrinsicElements {
      "doorknock-campaigns": HTMLAttributes<CampaignsElement> & { "property-id"?: string; view?: string };
    }
  }
}
