import type { z } from "zod";
import { campaignInput, type NewCampaignRules, type SendHours } from "./campaign.ts";
import type { StepConditions } from "./condition.ts";
import type { EmailStepInput } from "./step.ts";
import type { StepTask } from "./task.ts";
import type { CampaignType, CampaignUnknownPolicy, PropertyStatus } from "./vocabulary.ts";

/** One fault in a campaign. `path` is dotted as in the request: `steps.1.delayDays`. */
export type CampaignFault = { path: string; message: string };

/** The error that `build` throws. The error lists all faults, in the order of the fields. */
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

/**
 * The time between the previous step and this step. The first step's delay counts from the launch.
 * With `onWeekdays`, the step waits after the delay for the next of these ISO weekdays (1 is
 * Monday). Without `sendTimeHour`, Doorknock may send the email at any hour of the send window.
 */
export type StepDelay = {
  days?: number;
  hours?: number;
  businessDays?: number;
  onWeekdays?: number[];
  sendTimeHour?: number;
};

/**
 * A campaign as `POST /api/campaigns` accepts it, with defaults filled in. The hours, holidays, end
 * and exit statuses get no default, so that the campaign takes these rules from its sequence.
 */
export type BuiltCampaign = z.output<typeof campaignInput>;

/**
 * Builds a campaign step by step. Nothing is checked until `build`, so that all faults are reported
 * at once.
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
  readonly #steps: { conditions: StepConditions; [field: string]: unknown }[] = [];
  readonly #tags: string[] = [];
  #fields: Record<string, unknown> = {};

  constructor(name: string, type: CampaignType) {
    this.#name = name;
    this.#type = type;
  }

  /**
   * Gives the campaign the steps of a sequence: a preset, an agent's own sequence, or an office's
   * sequence. `build` then refuses steps that were added to the campaign.
   */
  useSequence(sequenceId: string): this {
    return this.#set({ sequenceId });
  }

  /** Sets the host's key for the property this campaign is about. */
  setProperty(propertyId: string): this {
    return this.#set({ propertyId });
  }

  /**
   * Sets the sender.
   * @param options `replyTo` is the address for replies if the Worker does not receive replies;
   *   default: the sender's own reply address. `otherSenderIds` are senders that take turns with
   *   `senderId`; all emails to one recipient have the same sender.
   */
  setSender(senderId: number, options: { replyTo?: string; otherSenderIds?: number[] } = {}): this {
    const { replyTo = null, otherSenderIds = [] } = options;
    return this.#set({ senderId, otherSenderIds, replyTo });
  }

  /**
   * Adds an email as the next step. The first step may have a delay, but its conditions can't ask
   * about a previous email.
   * @param variants all wordings of the step, if the step has several; `templateId` must be the
   * first wording
   * @param options without `startsThread`, a follow-up is a reply to the previous email.
   * `winnerAfter` is the number of emails of each wording after which everybody else gets the
   * wording with the most replies
   */
  addStep(
    templateId: number,
    delay: StepDelay = {},
    conditions: StepConditions = {},
    variants: NonNullable<EmailStepInput["variants"]> = [],
    { startsThread = false, winnerAfter }: { startsThread?: boolean; winnerAfter?: number } = {},
  ): this {
    const { days = 0, hours = 0, businessDays = 0, onWeekdays, sendTimeHour = null } = delay;
    this.#steps.push({
      templateId,
      delayDays: days,
      delayHours: hours,
      delayBusinessDays: businessDays,
      ...(onWeekdays === undefined ? {} : { weekdays: onWeekdays }),
      sendTimeHour,
      conditions,
      variants,
      ...(winnerAfter === undefined ? {} : { winnerAfter }),
      startsThread,
    });
    return this;
  }

  /**
   * Gives the last step an else email for recipients for whom the step's conditions do not hold. A
   * recipient gets either the main email or the else email.
   * @example builder.addStep(42, { days: 3 }, { previousOpened: true }).otherwise(43)
   */
  otherwise(templateId: number, { startsThread = false }: { startsThread?: boolean } = {}): this {
    const elseEmail = { templateId, startsThread };
    const step = this.#steps.pop();
    // Without a step, `build` refuses the campaign and names this field.
    if (step === undefined) return this.#set({ elseEmail });
    const conditions = { ...step.conditions, otherwise: "email" as const };
    this.#steps.push({ ...step, conditions, elseEmail });
    return this;
  }

  /**
   * Adds a task for the agent as the next step. The sequence continues when the agent marks the
   * task done, or after `waitDays`. A task ignores the send window. A campaign must have an email
   * step as well.
   */
  addTask(
    task: StepTask,
    { days = 0, hours = 0, businessDays = 0, onWeekdays }: Omit<StepDelay, "sendTimeHour"> = {},
    conditions: StepConditions = {},
  ): this {
    const delay = {
      ...{ delayDays: days, delayHours: hours, delayBusinessDays: businessDays },
      ...(onWeekdays === undefined ? {} : { weekdays: onWeekdays }),
    };
    this.#steps.push({ kind: "task", task, ...delay, conditions });
    return this;
  }

  /**
   * Sets the hours in which emails may be sent: ISO weekdays (1 is Monday) and times "HH:MM" in the
   * recipient's time zone. A range whose end is before its start crosses midnight. Several ranges
   * are possible, such as mornings and afternoons. Without this call, the sequence's hours apply; a
   * campaign without a sequence sends at any hour.
   */
  setSendWindow(...sendWindow: SendHours[]): this {
    return this.#set({ sendWindow });
  }

  /**
   * Sets the property statuses that stop the recipients of a property. Without this call, the
   * sequence's statuses apply, or `Pending`, `ActiveUnderContract` and `Closed` without a sequence.
   */
  setExitStatuses(...exitStatuses: PropertyStatus[]): this {
    return this.#set({ exitStatuses });
  }

  /**
   * Sets whether a recipient who clicks a link is stopped. Without this call, the sequence decides,
   * or nobody is stopped.
   */
  setStopsOnClick(stopsOnClick: boolean): this {
    return this.#set({ stopsOnClick });
  }

  /**
   * Sets the schedule. Emails are sent from `startAt` on, and only before `endAt`. `startAt` and
   * `endAt` are in ISO 8601. `timeZone` is the IANA name of the zone for recipients without a time
   * zone of their own. `jitterMinutes` is the longest random delay of an email.
   */
  setSchedule(schedule: Partial<NewCampaignRules["schedule"]>): this {
    return this.#set({ schedule });
  }

  /**
   * Sets whether the campaign writes to a person even if another campaign writes to the same person
   * or property. The office's collision policy may forbid `true`.
   */
  setIgnoresCollisions(ignoresCollisions: boolean): this {
    return this.#set({ ignoresCollisions });
  }

  /**
   * Sets the policy for an email that may or may not have been sent. Without this call, the
   * office's setting applies.
   */
  setUnknownPolicy(unknownPolicy: CampaignUnknownPolicy): this {
    return this.#set({ unknownPolicy });
  }

  addTags(...tags: string[]): this {
    this.#tags.push(...tags);
    return this;
  }

  /**
   * Returns the finished campaign. Later calls on the builder do not change that campaign.
   * @throws CampaignFaultsError with every fault
   */
  build(): BuiltCampaign {
    const input = {
      ...this.#fields,
      name: this.#name,
      type: this.#type,
      ...(this.#steps.length === 0 && this.#fields.sequenceId !== undefined ? {} : { steps: this.#steps }),
      tags: this.#tags,
    };
    const parsed = campaignInput.safeParse(input);
    if (parsed.success) return parsed.data;
    const faults = toFaults(parsed.error);
    const named = new Set(faults.map(({ path }) => path));
    throw new CampaignFaultsError([
      ...faults,
      ...findFaultsBehindFractions(input).filter(({ path }) => !named.has(path)),
    ]);
  }

  #set(fields: Record<string, unknown>): this {
    this.#fields = { ...this.#fields, ...fields };
    return this;
  }
}

const toFaults = (error: z.ZodError): CampaignFault[] =>
  error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));

/**
 * Returns the faults that zod hides if a field has a fraction instead of a whole number. zod then
 * skips the rules that compare several fields. So this function checks the input again with
 * fractions rounded up.
 */
function findFaultsBehindFractions(input: unknown): CampaignFault[] {
  const whole: unknown = JSON.parse(JSON.stringify(input), (_, value: unknown) =>
    typeof value === "number" ? Math.ceil(value) : value,
  );
  const parsed = campaignInput.safeParse(whole);
  return parsed.success ? [] : toFaults(parsed.error);
}
