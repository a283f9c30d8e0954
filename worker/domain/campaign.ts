import type { z } from "zod";
import type { StepConditions } from "../../shared/condition.ts";
import type { Preset } from "../../shared/preset.ts";
import type { stepInput } from "../../shared/step.ts";
import type { StepTask } from "../../shared/task.ts";
import type { CampaignStatus } from "../../shared/vocabulary.ts";
import { type Plan, planOf, type Schedule, type StepTiming } from "./schedule/schedule.ts";

/** The statuses a person may ask for; `completed` is reached, never asked for. */
export type RequestedStatus = "active" | "paused" | "stopped" | "archived";

/** What a change of status does. `none`: the campaign is there already, so asking twice is harmless. */
export type Transition = "none" | "launch" | "pause" | "resume" | "stop" | "archive";

const transitions: Readonly<Record<CampaignStatus, Partial<Record<RequestedStatus, Transition>>>> = {
  draft: { active: "launch", archived: "archive" },
  active: { active: "none", paused: "pause", stopped: "stop" },
  paused: { active: "resume", paused: "none", stopped: "stop" },
  completed: { archived: "archive" },
  stopped: { stopped: "none", archived: "archive" },
  archived: { archived: "none" },
};

/** Null where the change is not allowed. */
export function transitionOf(from: CampaignStatus, to: RequestedStatus): Transition | null {
  return transitions[from][to] ?? null;
}

/** Until when a launch at `now` can be undone; null where it can't. */
export function recallEnd(now: number, recallSeconds: number): number | null {
  return recallSeconds === 0 ? null : now + recallSeconds * 1000;
}

/** Recipients may join a campaign that has not ended. */
export function isOpenToRecipients(status: CampaignStatus): boolean {
  return status === "draft" || status === "active" || status === "paused";
}

/** What nothing depends on any more, or never did. */
export function isDeletable(status: CampaignStatus): boolean {
  return status === "draft" || status === "archived";
}

const changeableOnceStarted: ReadonlySet<string> = new Set(["name", "tags"]);

/** The fields of a change that this campaign no longer allows: a draft allows all, one that has started its name and tags. */
export function lockedFields(status: CampaignStatus, fields: readonly string[]): string[] {
  return status === "draft" ? [] : fields.filter((field) => !changeableOnceStarted.has(field));
}

/** Where a step's wording comes from: a template of the tenant, or a place in a preset (`sellerOutreach.1`). */
export type StepSource = { templateId: number } | { presetKey: string };
export type EmailSequenceStep = StepTiming & {
  kind: "email";
  stepNumber: number;
  conditions: StepConditions;
  startsThread: boolean;
  source: StepSource;
  /** All of its wordings, `source` first; none where that is the only one. */
  variants: readonly { templateId: number; weight: number }[];
};
export type TaskSequenceStep = StepTiming & {
  kind: "task";
  stepNumber: number;
  conditions: StepConditions;
  task: StepTask;
};
export type SequenceStep = EmailSequenceStep | TaskSequenceStep;

/** The steps that are emails. */
function emailsOf(steps: readonly SequenceStep[]): EmailSequenceStep[] {
  return steps.filter((step) => step.kind === "email");
}

export type PresetTemplate = {
  presetKey: string;
  name: string;
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
};

/** Names one template of a preset for good: the first launch makes it, later ones find it by this. */
export function presetKeyOf(presetId: string, stepNumber: number): string {
  return `${presetId}.${stepNumber}`;
}

/** A preset as a campaign's steps, and the templates those steps need. */
export function sequenceOfPreset(preset: Preset): {
  steps: EmailSequenceStep[];
  templates: PresetTemplate[];
} {
  const steps = preset.steps.map((step, index) => ({
    kind: "email" as const,
    stepNumber: index + 1,
    delayDays: step.delayDays,
    delayHours: step.delayHours,
    delayBusinessDays: 0,
    sendTimeHour: step.sendTimeHour,
    conditions: step.conditions,
    startsThread: step.startsThread,
    source: { presetKey: presetKeyOf(preset.id, index + 1) },
    variants: [],
  }));
  const templates = preset.steps.map((step, index) => ({
    presetKey: presetKeyOf(preset.id, index + 1),
    name: `${preset.name}: ${step.name}`,
    subject: step.subject,
    preheader: step.preheader,
    bodyHtml: step.bodyHtml,
    bodyText: step.bodyText,
  }));
  return { steps, templates };
}

/** When a step goes in each zone, so that ten thousand recipients cost as many plans as they have zones. */
export type ZonePlan = Plan & { zone: string };

export function instantOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

/** Whether nothing of a campaign may leave any more. */
export function hasEnded({ endAt }: Pick<Schedule, "endAt">, now: number): boolean {
  return endAt !== null && endAt <= now;
}

/** A campaign's own rules and its tenant's holidays. */
export function scheduleOf(
  campaign: Omit<Schedule, "holidays">,
  tenant: Pick<Schedule, "holidays">,
): Schedule {
  const { sendWindow, startAt, endAt, jitterMinutes, skipsHolidays } = campaign;
  return { sendWindow, startAt, endAt, jitterMinutes, skipsHolidays, holidays: tenant.holidays };
}

export type Timing = { step: StepTiming; schedule: Schedule };

export function planByZone(zones: readonly string[], timing: Timing, now: number): ZonePlan[] {
  return [...new Set(zones)].map((zone) => ({
    zone,
    ...planOf(now, timing.step, zone, timing.schedule),
  }));
}

/** Steps as a person gave them, numbered. */
export function sequenceOf(steps: readonly z.output<typeof stepInput>[]): SequenceStep[] {
  return steps.map((step, index): SequenceStep => {
    const stepNumber = index + 1;
    const { delayDays, delayHours, delayBusinessDays, conditions } = step;
    const base = { stepNumber, delayDays, delayHours, delayBusinessDays, conditions };
    if (step.kind === "task") return { ...base, kind: "task", sendTimeHour: null, task: step.task };
    const { templateId, sendTimeHour, variants, startsThread } = step;
    return { ...base, kind: "email", sendTimeHour, variants, startsThread, source: { templateId } };
  });
}

export function templateIdsOf(steps: readonly SequenceStep[]): number[] {
  return emailsOf(steps).flatMap(({ source, variants }) => [
    ...("templateId" in source ? [source.templateId] : []),
    ...variants.map(({ templateId }) => templateId),
  ]);
}

/** The steps whose template is not there, as fields of the request. */
export function missingTemplates(
  steps: readonly SequenceStep[],
  present: ReadonlySet<number>,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { source, stepNumber, variants } of emailsOf(steps)) {
    if ("templateId" in source && !present.has(source.templateId)) {
      fields[`steps.${stepNumber - 1}.templateId`] = "is not a template of yours";
    }
    for (const [index, { templateId }] of variants.entries()) {
      // The first is the step's own, which is named already.
      if (index > 0 && !present.has(templateId)) {
        fields[`steps.${stepNumber - 1}.variants.${index}.templateId`] = "is not a template of yours";
      }
    }
  }
  return fields;
}
