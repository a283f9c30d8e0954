import type { z } from "zod";
import { campaignInput, type SendWindow, type StepConditions } from "./campaign.ts";
import type { CampaignType } from "./vocabulary.ts";

/** One thing wrong with a campaign. `path` is dotted as in the request: `steps.1.delayDays`. */
export type CampaignFault = { path: string; message: string };

/** What `build` throws: every fault at once, in the order of the fields. */
export class CampaignFaultsError extends Error {
  override readonly name = "CampaignFaultsError";
  readonly faults: readonly CampaignFault[];

  constructor(faults: readonly CampaignFault[]) {
    super(
      `The campaign can't be built. ${faults.map(({ path, message }) => `${path}: ${message}`).join("; ")}`,
    );
    this.faults = faults;
  }
}

/** From the previous step's sending; for the first step, from the launch. Without `sendTimeHour` any hour of the window will do. */
export type StepDelay = { days?: number; hours?: number; sendTimeHour?: number };

/** A campaign as `POST /api/campaigns` takes it, with every default filled in. */
export type BuiltCampaign = z.output<typeof campaignInput>;

/**
 * Puts a campaign together step by step. Nothing is checked until `build`, so that all that is wrong is said at once.
 *
 * @example
 * new CampaignBuilder("12 Maple Street", "sellerOutreach")
 *   .setSender(7)
 *   .addStep(41)
 *   .addStep(42, { days: 3 }, { previousOpened: true })
 *   .build();
 */
export class CampaignBuilder {
  readonly #name: string;
  readonly #type: CampaignType;
  readonly #steps: unknown[] = [];
  readonly #tags: string[] = [];
  #fields: Record<string, unknown> = {};

  constructor(name: string, type: CampaignType) {
    this.#name = name;
    this.#type = type;
  }

  /** The host's key for the property this campaign is about. */
  setProperty(propertyId: string): this {
    return this.#set({ propertyId });
  }

  /** `replyTo`: where replies go when the Worker does not receive them itself; the sender's own when left out. */
  setSender(senderId: number, options: { replyTo?: string } = {}): this {
    return this.#set({ senderId, replyTo: options.replyTo ?? null });
  }

  /** Adds the next step. A first step may wait, but it can't ask about a previous email. */
  addStep(templateId: number, delay: StepDelay = {}, conditions: StepConditions = {}): this {
    const { days = 0, hours = 0, sendTimeHour = null } = delay;
    this.#steps.push({ templateId, delayDays: days, delayHours: hours, sendTimeHour, conditions });
    return this;
  }

  /** ISO weekdays (1 Monday to 7 Sunday) and times "HH:MM" in the recipient's zone; an end before the start crosses midnight. */
  setSendWindow(sendWindow: SendWindow): this {
    return this.#set({ sendWindow });
  }

  /** `startAt`: ISO 8601; nothing leaves before. `timeZone`: IANA name, for recipients who have none of their own. */
  setSchedule(schedule: { startAt?: string; timeZone?: string }): this {
    return this.#set({ schedule });
  }

  addTags(...tags: string[]): this {
    this.#tags.push(...tags);
    return this;
  }

  /** @throws CampaignFaultsError naming every fault. What it returns stays as it is when the builder is used further. */
  build(): BuiltCampaign {
    const input = {
      ...this.#fields,
      name: this.#name,
      type: this.#type,
      steps: this.#steps,
      tags: this.#tags,
    };
    const parsed = campaignInput.safeParse(input);
    if (parsed.success) return parsed.data;
    const faults = faultsOf(parsed.error);
    const named = new Set(faults.map(({ path }) => path));
    throw new CampaignFaultsError([
      ...faults,
      ...faultsBehindFractions(input).filter(({ path }) => !named.has(path)),
    ]);
  }

  #set(fields: Record<string, unknown>): this {
    this.#fields = { ...this.#fields, ...fields };
    return this;
  }
}

const faultsOf = (error: z.ZodError): CampaignFault[] =>
  error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));

/** A fraction where a whole number belongs keeps zod from asking rules across fields; they are asked again without it. */
function faultsBehindFractions(input: unknown): CampaignFault[] {
  const whole: unknown = JSON.parse(JSON.stringify(input), (_, value: unknown) =>
    typeof value === "number" ? Math.ceil(value) : value,
  );
  const parsed = campaignInput.safeParse(whole);
  return parsed.success ? [] : faultsOf(parsed.error);
}
