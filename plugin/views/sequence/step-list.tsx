import { useRef, useState } from "preact/hooks";
import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { limits } from "../../../shared/limits.ts";
import type { SequenceFault, SequenceStep } from "../../../shared/sequence.ts";
import {
  buildEmailStep,
  buildTaskStep,
  duplicateStep,
  insertStep,
  moveStep,
  removeStep,
} from "../../session/sequence-steps.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { say } from "../../words/say.ts";
import { StepCard } from "./step-card.tsx";
import { useStepDrag } from "./step-drag.ts";

type Props = {
  steps: readonly SequenceStep[];
  faults: readonly SequenceFault[];
  plan: CampaignPlan | undefined;
  /**
   * The line of text that each step's card shows about the people of a campaign, by the step's id.
   */
  notes?: ReadonlyMap<number, string>;
  /** The greatest id that is already taken. A new step gets a greater id. */
  usedId?: number;
  openId: number | null;
  onOpen: (id: number | null) => void;
  onChange: (steps: SequenceStep[]) => void;
};

/**
 * Returns the greatest id that any step has had while the list is shown. No new step may get the id
 * of a deleted step, because the agent can restore the deleted step.
 */
function useUsedId(steps: readonly SequenceStep[], least: number): number {
  const used = useRef(least);
  used.current = Math.max(used.current, least, ...steps.map(({ id }) => id));
  return used.current;
}

/** The time during which the agent can restore a deleted step. */
const undoMs = 10_000;

type Deleted = { step: SequenceStep; position: number };

/**
 * Returns the subject of the thread that a step may continue; null if no email comes before the
 * step.
 */
function findEarlierSubject(steps: readonly SequenceStep[], position: number): string | null {
  const earlier = steps.slice(0, position).filter((one) => one.kind === "email");
  return (earlier.findLast(({ startsThread }) => startsThread) ?? earlier[0])?.letter.subject ?? null;
}

function AddStep({ position, onAdd }: { position: number; onAdd: (kind: SequenceStep["kind"]) => void }) {
  const where = position === 0 ? say("at the beginning") : say("after step {position}", { position });
  return (
    <div class="add-step">
      <Button
        kind="quiet"
        icon="plus"
        label={say("Add an email {where}", { where })}
        onClick={() => onAdd("email")}
      >
        {say("Email")}
      </Button>
      <Button
        kind="quiet"
        icon="plus"
        label={say("Add a task {where}", { where })}
        onClick={() => onAdd("task")}
      >
        {say("Task")}
      </Button>
    </div>
  );
}

/** Shows the steps of a sequence, in order. An agent adds, moves, copies and deletes steps here. */
export function StepList({ steps, faults, plan, notes, usedId: least = 0, openId, onOpen, onChange }: Props) {
  const { status } = useSession();
  const usedId = useUsedId(steps, least);
  const list = useRef<HTMLDivElement>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const { drag, start } = useStepDrag((from, to) => move(steps[from]?.id ?? 0, to));
  /**
   * Returns the focus to the button that moved the step. An element loses the focus when the page
   * moves the element.
   */
  const keepFocus = () => {
    const root = list.current?.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus());
  };
  const move = (id: number, position: number) => {
    if (position < 0 || position >= steps.length) return;
    onChange(moveStep(steps, id, position));
    status.value = say("Step moved to position {position} of {count}", {
      position: position + 1,
      count: steps.length,
    });
    keepFocus();
  };
  const add = (kind: SequenceStep["kind"], position: number) => {
    const step = (kind === "email" ? buildEmailStep : buildTaskStep)(steps, position, usedId);
    onChange(insertStep(steps, step, position));
    onOpen(step.id);
    // A follow-up begins in the thread of the previous email, and has no subject of its own.
    const letterField = findEarlierSubject(steps, position) === null ? "letter.subject" : "letter.bodyHtml";
    focusStepField(list.current, step.id, kind === "email" ? letterField : "task.instructions");
  };
  const duplicate = (id: number, position: number) => {
    const changed = duplicateStep(steps, id, usedId);
    onChange(changed);
    status.value = say("Step {position} duplicated", { position: position + 1 });
    const copy = changed[position + 1];
    if (copy) focusStepField(list.current, copy.id, null);
  };
  const remove = (step: SequenceStep, position: number) => {
    onChange(removeStep(steps, step.id));
    setDeleted({ step, position });
    status.value = say("Step {position} deleted", { position: position + 1 });
    const next = steps[position + 1] ?? steps[position - 1];
    if (next) focusStepField(list.current, next.id, null);
  };
  const zone = plan?.items[0]?.timeZone;
  return (
    <div class="step-list" ref={list}>
      <h3 class="unseen">{say("Steps")}</h3>
      {steps.map((step, position) => {
        const at = plan?.items[0]?.steps[position]?.plannedAt;
        const drop = drag?.to === position ? (drag.to < drag.from ? "drop-before" : "drop-after") : "";
        return (
          <div
            class={`step-slot ${drag !== null && drag.from !== drag.to ? drop : ""} ${drag?.from === position ? "dragged" : ""}`}
            data-step={step.id}
            key={step.id}
          >
            <StepCard
              step={step}
              position={position}
              count={steps.length}
              before={steps[position - 1]}
              earlierSubject={findEarlierSubject(steps, position)}
              planned={at && zone ? { at, timeZone: zone } : null}
              note={notes?.get(step.id) ?? null}
              faults={faults.filter(({ stepId }) => stepId === step.id)}
              isOpen={openId === step.id}
              onToggle={() => onOpen(openId === step.id ? null : step.id)}
              onChange={(changed) => onChange(steps.map((one) => (one.id === changed.id ? changed : one)))}
              onMove={(to) => move(step.id, to)}
              onDuplicate={() => duplicate(step.id, position)}
              onDelete={() => remove(step, position)}
              onGrip={(event) => start(event, position)}
            />
            {steps.length < limits.stepsPerCampaign && (
              <AddStep position={position + 1} onAdd={(kind) => add(kind, position + 1)} />
            )}
          </div>
        );
      })}
      {steps.length === 0 && <AddStep position={0} onAdd={(kind) => add(kind, 0)} />}
      {deleted && (
        <UndoNotice
          key={deleted.step.id}
          spanMs={undoMs}
          text={say("Step deleted. You can bring it back for another")}
          label={say("Undo")}
          onUndo={async () => {
            onChange(insertStep(steps, deleted.step, Math.min(deleted.position, steps.length)));
            setDeleted(null);
          }}
          onEnd={() => setDeleted(null)}
        />
      )}
    </div>
  );
}

/**
 * The number of animation frames to wait for a letter's fields. The letter editor is loaded on
 * first use, so its fields may appear late.
 */
const framesWaited = 120;

/**
 * Focuses a field of a step as soon as the step is on the screen.
 * @param field null for the step's title
 */
export function focusStepField(
  within: ParentNode | null,
  id: number,
  field: string | null,
  frames = framesWaited,
): void {
  requestAnimationFrame(() => {
    const slot = within?.querySelector(`[data-step="${id}"]`);
    const named = field === null ? null : findField(slot, field);
    if (!named && field?.includes("letter.") && frames > 0) {
      focusStepField(within, id, field, frames - 1);
      return;
    }
    const target = named ?? slot?.querySelector<HTMLElement>(".disclosure");
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  });
}

/**
 * Finds the field for a path of a fault. The step's card has a part for each additional wording,
 * and a part for the else email, which people get if the step's conditions do not hold.
 */
function findField(slot: Element | null | undefined, path: string): HTMLElement | undefined {
  const [, part, own] = /^(elseEmail|variants\.\d+)\.(.*)$/.exec(path) ?? [];
  const field = own ?? path;
  return [...(slot?.querySelectorAll<HTMLElement>("[data-field]") ?? [])].find(
    (one) =>
      one.closest<HTMLElement>("[data-email]")?.dataset.email === part &&
      (one.dataset.field === field || field.startsWith(`${one.dataset.field}.`)),
  );
}
