import { useState } from "preact/hooks";
import type { LetterDraft } from "../../../shared/personal-wording.ts";
import type { StepTask } from "../../../shared/task.ts";
import type { StepEmailKind } from "../../../shared/vocabulary.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { buildPreviewRequest } from "../../session/launch-request.ts";
import { type EmailOfStep, findThreadStart } from "../../session/launch-wordings.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { EmailFrame } from "../../ui/email-frame.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { useOpenerFocus } from "../../ui/form-focus.ts";
import { Icon } from "../../ui/icon.tsx";
import { TemplateSubject } from "../../ui/subject.tsx";
import { describeConditions } from "../../words/condition.ts";
import { formatStepDate } from "../../words/planned-dates.ts";
import { say } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";
import { sayVariableLabel } from "../../words/variable-name.ts";
import { EmailSwitch } from "../email-switch.tsx";
import { LazyView } from "../lazy-view.tsx";
import { PlannedDate, type PlannedDates, usePlannedDates } from "./dates.tsx";
import type { LaunchViewData } from "./view-data.ts";
import { WordingSwitch } from "./wording-switch.tsx";

const loadEditor = () => import("./letter-editor.tsx").then(({ LaunchLetterEditor: View }) => ({ View }));

type StepProps = {
  view: LaunchViewData;
  contact: Contact;
  stepNumber: number;
  dates: PlannedDates;
  isOpen: boolean;
  onToggle: () => void;
};
/**
 * `email` names the email of the step that the view shows: the main email, in one of its wordings,
 * or the else email. A person gets the else email if the step's conditions do not hold.
 */
type EmailProps = StepProps & { email: EmailOfStep };

function buildStepRequest({ view, contact, email }: EmailProps) {
  const { preset, sender, property, draft } = view;
  return buildPreviewRequest(preset, email, sender?.id ?? null, contact, property, draft.wordings);
}

/** Shows the buttons that change one email for one contact, and the editor of the email. */
function EmailChange(props: EmailProps) {
  const { view, contact, stepNumber, email } = props;
  const { mayAct, status } = useSession();
  const [isEditing, setIsEditing] = useState(false);
  const opener = useOpenerFocus(isEditing);
  const request = buildStepRequest(props);
  if (!mayAct()) return null;
  const hasSubject = findThreadStart(view.preset, email) === stepNumber;
  const save = ({ subject, bodyText }: LetterDraft) => {
    view.changeWording(contact.key, email, hasSubject ? { subject, bodyText } : { bodyText });
    status.value = say("Saved. Email {stepNumber} is changed for {name}.", {
      stepNumber,
      name: contact.name,
    });
    setIsEditing(false);
  };
  if (isEditing) {
    const onClose = () => setIsEditing(false);
    const editor = { name: contact.name, request, hasSubject, onSave: save, onClose };
    return <LazyView load={loadEditor} props={editor} />;
  }
  return (
    <div class="form-actions">
      <Button ref={opener} icon="edit" onClick={() => setIsEditing(true)}>
        {say("Change for {name}", { name: contact.name })}
      </Button>
      {request.wording !== undefined && (
        <Button kind="quiet" onClick={() => view.changeWording(contact.key, email, null)}>
          {say("Reset")}
        </Button>
      )}
    </div>
  );
}

function usePreview(props: EmailProps) {
  const request = buildStepRequest(props);
  return useResource(`preview ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: (signal) => api.preview(request, signal),
  }));
}

function EmailPreviewPanel({
  preview,
  stepNumber,
  name,
}: {
  preview: ReturnType<typeof usePreview>;
  stepNumber: number;
  name: string;
}) {
  return (
    <LoadedContent resource={preview} rows={3}>
      {({ from, to, subject, html, text, missingVariables }) => (
        <div class="preview">
          {missingVariables.length > 0 && (
            <p class="missing-list">
              <Icon name="warning" />
              <span>
                {say("Missing for {name}:", { name })}{" "}
                {missingVariables.map((path) => (
                  <span class="variable missing" key={path}>
                    {sayVariableLabel(path)}
                  </span>
                ))}{" "}
                {say("This email will wait until you fill it in.")}
              </span>
            </p>
          )}
          <dl class="envelope">
            <dt>{say("From")}</dt>
            <dd>{from}</dd>
            <dt>{say("To")}</dt>
            <dd>{to}</dd>
            <dt>{say("Subject")}</dt>
            <dd class="strong">{subject}</dd>
          </dl>
          <EmailFrame
            html={html}
            text={text}
            title={say("Email {stepNumber} as {name} will see it", { stepNumber, name })}
          />
        </div>
      )}
    </LoadedContent>
  );
}

function LaunchEmailStep(of: StepProps) {
  const { view, contact, stepNumber, dates, isOpen, onToggle } = of;
  const [chosen, setChosen] = useState<StepEmailKind>("first");
  const [wording, setWording] = useState(0);
  const isElse = chosen === "else";
  const variant = isElse || wording === 0 ? {} : { variant: wording };
  const props = { ...of, email: { stepNumber, isElse, ...variant } };
  const preview = usePreview(props);
  const { format } = useSession();
  const step = view.preset.steps[stepNumber - 1];
  if (!step) return null;
  const condition = describeConditions(step.conditions);
  const isChanged = buildStepRequest(props).wording !== undefined;
  const isIncomplete = (preview.data?.missingVariables.length ?? 0) > 0;
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        {stepNumber}
      </span>
      <div class="step-body">
        <p class="fine">
          <PlannedDate dates={dates} text={(known) => formatStepDate(known, stepNumber, format)} />
          {step.name !== "" && ` · ${step.name}`}
        </p>
        <h4>
          <button type="button" class="disclosure" aria-expanded={isOpen} onClick={onToggle}>
            <span>
              <span class="unseen">{say("Email {stepNumber}:", { stepNumber })} </span>
              {preview.data ? preview.data.subject : <TemplateSubject subject={step.subject} />}
            </span>
            <Icon name="down" />
          </button>
        </h4>
        {condition && <p class="condition">{condition}</p>}
        {isIncomplete && !isOpen && (
          <p class="fine missing">{say("Some details are missing for {name}", { name: contact.name })}</p>
        )}
        {isChanged && (
          <p class="fine changed-mark">
            <Icon name="edit" /> {say("Changed for {name}", { name: contact.name })}
          </p>
        )}
        {isOpen && step.elseEmail && <EmailSwitch chosen={chosen} onChoose={setChosen} />}
        {isOpen && step.variants && !isElse && !isChanged && (
          <WordingSwitch step={step} chosen={wording} onChoose={setWording} />
        )}
        {isOpen && <EmailChange key={`${chosen} ${wording}`} {...props} />}
        {isOpen && <EmailPreviewPanel preview={preview} stepNumber={stepNumber} name={contact.name} />}
      </div>
    </li>
  );
}

/** Shows a step that is a task for the agent. */
function LaunchTaskStep({
  task,
  stepNumber,
  dates,
}: Pick<StepProps, "stepNumber" | "dates"> & { task: StepTask }) {
  const { format } = useSession();
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        {stepNumber}
      </span>
      <div class="step-body">
        <p class="fine">
          <PlannedDate dates={dates} text={(known) => formatStepDate(known, stepNumber, format)} />
        </p>
        <h4 class="task-title">
          <span class="unseen">{say("Task {stepNumber}:", { stepNumber })} </span>
          <Icon name={task.kind} />
          {taskKindTexts[task.kind]}
        </h4>
        <p>{task.instructions}</p>
      </div>
    </li>
  );
}

function Timeline({ view, contact }: { view: LaunchViewData; contact: Contact }) {
  const [open, setOpen] = useState<number | null>(1);
  const dates = usePlannedDates(view, [contact]);
  return (
    <ol class="steps">
      {view.preset.steps.map(({ task }, index) => {
        const stepNumber = index + 1;
        const key = `${view.preset.id} ${stepNumber}`;
        if (task !== undefined)
          return <LaunchTaskStep task={task} stepNumber={stepNumber} dates={dates} key={key} />;
        return (
          <LaunchEmailStep
            view={view}
            contact={contact}
            stepNumber={stepNumber}
            dates={dates}
            isOpen={open === stepNumber}
            onToggle={() => setOpen(open === stepNumber ? null : stepNumber)}
            key={`${contact.key} ${key}`}
          />
        );
      })}
    </ol>
  );
}

/**
 * Shows the sequence's emails as the selected contact would get them. The Worker renders a preview
 * with the same code as a sent email.
 */
export function LaunchEmailPreviews({ view }: { view: LaunchViewData }) {
  const { offered, chosen, draft, change } = view;
  const people = chosen.length > 0 ? chosen : offered.map(({ contact }) => contact);
  const contact = people.find(({ key }) => key === draft.previewKey) ?? people[0];
  if (!contact) return null;
  return (
    <section class="builder-emails">
      <div class="section-head">
        <h3 class="group-title">{say("Emails")}</h3>
        {people.length > 1 && (
          <label class="inline-field">
            <span>{say("Preview for")}</span>
            <select
              value={contact.key}
              onChange={(event) => change({ previewKey: event.currentTarget.value })}
            >
              {people.map(({ key, name }) => (
                <option value={key} key={key}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <Timeline view={view} contact={contact} />
    </section>
  );
}
