import type { z } from "zod";
import type { StepConditions } from "../../shared/condition.ts";
import type { stepInput } from "../../shared/step.ts";
import type { StepTask } from "../../shared/task.ts";
import type { CampaignStatus } from "../../shared/vocabulary.ts";
import { planSendRange, type Schedule, type SendRange, type StepTiming } from "./schedule/schedule.ts";

/** The statuses a request may ask for. No request can make a campaign `completed`. */
export type RequestedCampaignStatus = "active" | "paused" | "stopped" | "archived";

/**
 * The effect of a status change. `none`: the campaign already has the requested status, so a
 * repeated request is harmless.
 */
export type CampaignTransition = "none" | "launch" | "pause" | "resume" | "stop" | "archive";

const transitions: Readonly<
  Record<CampaignStatus, Partial<Record<RequestedCampaignStatus, CampaignTransition>>>
> = {
  draft: { active: "launch", archived: "archive" },
  waitingForApproval: { active: "launch", archived: "archive" },
  active: { active: "none", paused: "pause", stopped: "stop" },
  paused: { active: "resume", paused: "none", stopped: "stop" },
  completed: { archived: "archive" },
  stopped: { stopped: "none", archived: "archive" },
  archived: { archived: "none" },
};

/** Returns the effect of changing a campaign's status, or null if the change is not allowed. */
export function findCampaignTransition(
  from: CampaignStatus,
  to: RequestedCampaignStatus,
): CampaignTransition | null {
  return transitions[from][to] ?? null;
}

/**
 * Returns the end of the time in which a launch at `now` can be undone. Null: the launch cannot be
 * undone.
 */
export function getRecallEnd(now: number, recallSeconds: number): number | null {
  return recallSeconds === 0 ? null : now + recallSeconds * 1000;
}

/**
 * Tells whether recipients may join a campaign of this status. A campaign takes recipients until
 * the campaign ends, except while the campaign waits for approval.
 */
export function isOpenToRecipients(status: CampaignStatus): boolean {
  return status === "draft" || status === "active" || status === "paused";
}

/**
 * Tells whether a campaign of this status was never launched, or was launched and then recalled.
 */
export function isUnlaunched(status: CampaignStatus): boolean {
  return status === "draft" || status === "waitingForApproval";
}

/**
 * Tells whether a campaign of this status may be deleted. A draft is not launched, and an archived
 * campaign is no longer in use.
 */
export function isDeletable(status: CampaignStatus): boolean {
  return status === "draft" || status === "archived";
}

const changeableOnceStarted: ReadonlySet<string> = new Set(["name", "tags", "unknownPolicy"]);

/**
 * Returns which of these fields can no longer be changed in a campaign of this status. A draft
 * allows every field; any other campaign allows only its name, tags and policy for unknown
 * outcomes.
 */
export function listLockedFields(status: CampaignStatus, fields: readonly string[]): string[] {
  return status === "draft" ? [] : fields.filter((field) => !changeableOnceStarted.has(field));
}

/**
 * The source of a step's wording. `templateId`: a template of the tenant. `presetKey`: the key of a
 * letter of a preset or stored sequence, such as `sellerOutreach.1`.
 */
export type StepWordingSource = { templateId: number } | { presetKey: string };
export type EmailSequenceStep = StepTiming & {
  kind: "email";
  stepNumber: number;
  conditions: StepConditions;
  startsThread: boolean;
  source: StepWordingSource;
  /**
   * All wordings of the step's main email, beginning with `source`. Empty if `source` is the only
   * wording.
   */
  variants: readonly { source: StepWordingSource; weight: number }[];
  /**
   * After this number of sent emails per wording, the Worker chooses the best wording. Null: a
   * person chooses.
   */
  winnerAfter: number | null;
  /** The email that goes if the conditions do not hold; null if the step has no such email. */
  elseEmail: { source: StepWordingSource; startsThread: boolean } | null;
};
export type TaskSequenceStep = StepTiming & {
  kind: "task";
  stepNumber: number;
  conditions: StepConditions;
  task: StepTask;
};
export type SequenceStep = EmailSequenceStep | TaskSequenceStep;

function filterEmailSteps(steps: readonly SequenceStep[]): EmailSequenceStep[] {
  return steps.filter((step) => step.kind === "email");
}

/** The planned time of a step in one zone. All recipients in one zone share the plan. */
export type ZonePlan = SendRange & { zone: string };

export function parseInstant(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

/**
 * Tells whether the campaign's end has come. From `endAt` on, no email of the campaign may leave.
 */
export function hasCampaignEnded({ endAt }: Pick<Schedule, "endAt">, now: number): boolean {
  return endAt !== null && endAt <= now;
}

/** Combines the schedule of a campaign with the holidays of its tenant. */
export function buildSchedule(
  campaign: Omit<Schedule, "holidays">,
  tenant: Pick<Schedule, "holidays">,
): Schedule {
  const { sendWindow, startAt, endAt, jitterMinutes, skipsHolidays } = campaign;
  return { sendWindow, startAt, endAt, jitterMinutes, skipsHolidays, holidays: tenant.holidays };
}

export type ZonePlanInput = { step: StepTiming; schedule: Schedule };

export function planStepInEachZone(zones: readonly string[], timing: ZonePlanInput, now: number): ZonePlan[] {
  return [...new Set(zones)].map((zone) => ({
    zone,
    ...planSendRange(now, timing.step, zone, timing.schedule),
  }));
}

/**
 * Returns the steps of a request with their numbers. The source of an email step is its template.
 */
export function buildSequenceSteps(steps: readonly z.output<typeof stepInput>[]): SequenceStep[] {
  return steps.map((step, index): SequenceStep => {
    const stepNumber = index + 1;
    const { delayDays, delayHours, delayBusinessDays, weekdays, conditions } = step;
    const base = { stepNumber, delayDays, delayHours, delayBusinessDays, weekdays, conditions };
    if (step.kind === "task") return { ...base, kind: "task", sendTimeHour: null, task: step.task };
    const { templateId, sendTimeHour, startsThread, elseEmail, winnerAfter = null } = step;
    const variants = step.variants.map(({ weight, ...source }) => ({ source, weight }));
    const other = elseEmail && {
      source: { templateId: elseEmail.templateId },
      startsThread: elseEmail.startsThread,
    };
    const email = { variants, winnerAfter, elseEmail: other ?? null, source: { templateId } };
    return { ...base, kind: "email", sendTimeHour, startsThread, ...email };
  });
}

/** Returns the sources of all wordings that a recipient of the step may get. */
export function listWordingSources({
  source,
  variants,
  elseEmail,
}: Pick<EmailSequenceStep, "source" | "variants" | "elseEmail">): StepWordingSource[] {
  return [
    source,
    ...variants.slice(1).map((variant) => variant.source),
    ...(elseEmail === null ? [] : [elseEmail.source]),
  ];
}

export function listTemplateIds(steps: readonly SequenceStep[]): number[] {
  return filterEmailSteps(steps)
    .flatMap(listWordingSources)
    .flatMap((source) => ("templateId" in source ? [source.templateId] : []));
}

/**
 * Returns a fault for each template that a step names and the tenant does not have. The keys of the
 * result are fields of the request.
 */
export function findMissingTemplateFaults(
  steps: readonly SequenceStep[],
  present: ReadonlySet<number>,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { source, stepNumber, variants, elseEmail } of filterEmailSteps(steps)) {
    const check = (wording: StepWordingSource, path: string) => {
      if ("templateId" in wording && !present.has(wording.templateId))
        fields[`steps.${stepNumber - 1}.${path}templateId`] = "is not one of your templates";
    };
    check(source, "");
    // The first variant has the step's own template, which is checked above.
    for (const [index, variant] of variants.entries())
      if (index > 0) check(variant.source, `variants.${index}.`);
    if (elseEmail !== null) check(elseEmail.source, "elseEmail.");
  }
  return fields;
}
