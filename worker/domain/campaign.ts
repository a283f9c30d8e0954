import type { z } from "zod";
import type { SendWindow, StepConditions, stepInput } from "../../shared/campaign.ts";
import type { Preset } from "../../shared/preset.ts";
import type { CampaignStatus } from "../../shared/vocabulary.ts";
import { planStep, type StepTiming } from "./schedule.ts";

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
export type SequenceStep = StepTiming & {
  stepNumber: number;
  conditions: StepConditions;
  source: StepSource;
};

export type PresetTemplate = {
  presetKey: string;
  name: string;
  subject: string;
  bodyHtml: string;
  bodyText: string;
};

/** Names one template of a preset for good: the first launch makes it, later ones find it by this. */
export function presetKeyOf(presetId: string, stepNumber: number): string {
  return `${presetId}.${stepNumber}`;
}

/** A preset as a campaign's steps, and the templates those steps need. */
export function sequenceOfPreset(preset: Preset): { steps: SequenceStep[]; templates: PresetTemplate[] } {
  const steps = preset.steps.map((step, index) => ({
    stepNumber: index + 1,
    delayDays: step.delayDays,
    delayHours: step.delayHours,
    sendTimeHour: step.sendTimeHour,
    conditions: step.conditions,
    source: { presetKey: presetKeyOf(preset.id, index + 1) },
  }));
  const templates = preset.steps.map((step, index) => ({
    presetKey: presetKeyOf(preset.id, index + 1),
    name: `${preset.name}: ${step.name}`,
    subject: step.subject,
    bodyHtml: step.bodyHtml,
    bodyText: step.bodyText,
  }));
  return { steps, templates };
}

/** When a step goes in each zone, so that ten thousand recipients cost as many plans as they have zones. */
export type ZonePlan = { zone: string; at: number };

export type Timing = { step: StepTiming; window: SendWindow | null; startAt: number | null };

export function planByZone(zones: readonly string[], timing: Timing, now: number): ZonePlan[] {
  return [...new Set(zones)].map((zone) => ({
    zone,
    at: planStep(now, timing.step, zone, timing.window, timing.startAt),
  }));
}

/** Steps as a person gave them, numbered. */
export function sequenceOf(steps: readonly z.output<typeof stepInput>[]): SequenceStep[] {
  return steps.map(({ templateId, ...step }, index) => ({
    ...step,
    stepNumber: index + 1,
    source: { templateId },
  }));
}

export function templateIdsOf(steps: readonly SequenceStep[]): number[] {
  return steps.flatMap(({ source }) => ("templateId" in source ? [source.templateId] : []));
}

/** The steps whose template is not there, as fields of the request. */
export function missingTemplates(
  steps: readonly SequenceStep[],
  present: ReadonlySet<number>,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { source, stepNumber } of steps) {
    if ("templateId" in source && !present.has(source.templateId)) {
      fields[`steps.${stepNumber - 1}.templateId`] = "is not a template of yours";
    }
  }
  return fields;
}
