import type { z } from "zod";
import { type CampaignSchedule, campaignInput, type SendHours } from "./campaign.ts";
import type { StepConditions } from "./condition.ts";
import type { EmailStepInput } from "./step.ts";
import type { StepTask } from "./task.ts";
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
export type StepDelay = { days?: number; hours?: number; businessDays?: number; sendTimeHour?: number };

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

  /**
   * `replyTo`: where replies go when the Worker does not receive them itself; the sender's own when left out.
   * `otherSenderIds`: senders that take turns with this one; each keeps the recipients it has.
   */
  setSender(senderId: number, options: { replyTo?: string; otherSenderIds?: number[] } = {}): this {
    const { replyTo = null, otherSenderIds = [] } = options;
    return this.#set({ senderId, otherSenderIds, replyTo });
  }

  /**
   * Adds the next step. A first step may wait, but it can't ask about a previous email. `variants`: all of its wordings
   * where it has several, this template first. A follow-up goes as a reply to the email before it unless `startsThread`.
   */
  addStep(
    templateId: number,
    delay: StepDelay = {},
    conditions: StepConditions = {},
    variants: NonNullable<EmailStepInput["variants"]> = [],
    { startsThread = false }: { startsThread?: boolean } = {},
  ): this {
    const { days = 0, hours = 0, businessDays = 0, sendTimeHour = null } = delay;
    this.#steps.push({
      templateId,
      delayDays: days,
      delayHours: hours,
      delayBusinessDays: businessDays,
      sendTimeHour,
      conditions,
      variants,
      startsThread,
    });
    return this;
  }

  /**
   * Adds something for the agent to do as the next step. The sequence goes on when it is marked done, or `waitDays`
   * later. A task keeps no sending hours, and a campaign needs an email as well.
   */
  addTask(
    task: StepTask,
    { days = 0, hours = 0, businessDays = 0 }: Omit<StepDelay, "sendTimeHour"> = {},
    conditions: StepConditions = {},
  ): this {
    const delay = { delayDays: days, delayHours: hours, delayBusinessDays: businessDays };
    this.#steps.push({ kind: "task", task, ...delay, conditions });
    return this;
  }

  /**
   * ISO weekdays (1 Monday to 7 Sunday) and times "HH:MM" in the recipient's zone; an end before the start crosses
   * midnight. Several hours may be given: mornings and afternoons, or other hours on other days.
   */
  setSendWindow(...sendWindow: SendHours[]): this {
    return this.#set({ sendWindow });
  }

  /**
   * `startAt`, `endAt`: ISO 8601; nothing leaves before the one or after the other. `timeZone`: IANA name, for
   * recipients who have none of their own. `jitterMinutes`: how much later, at random, an email may go.
   */
  setSchedule(schedule: Partial<CampaignSchedule>): this {
    return this.#set({ schedule });
  }

  /** True: writes also to people and about properties that another campaign writes to, where the office lets it. */
  setIgnoresCollisions(ignoresCollisions: boolean): this {
    return this.#set({ ignoresCollisions });
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
