import { useEffect, useId, useRef } from "preact/hooks";
import type { Task, TaskAction } from "../../shared/task.ts";
import { useResource } from "../data/use-resource.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../ui/feedback.tsx";
import { Icon } from "../ui/icon.tsx";
import { formatTaskTimes, formatTaskTitle } from "../words/task.ts";

const said: Record<TaskAction, string> = {
  done: "Marked as done. The sequence goes on.",
  skip: "Skipped. The sequence goes on.",
};

function TaskCard({ task, onClosed }: { task: Task; onClosed: (closed: Task) => void }) {
  const { api, emit, status, tokens, mayAct } = useSession();
  const { run, isBusy, failure } = useAction();
  const titleId = useId();
  const close = (action: TaskAction) =>
    run(async () => {
      const closed = await api.closeTask(task.id, action);
      status.value = `${formatTaskTitle(task)}: ${said[action]}`;
      emit(action === "done" ? "task-done" : "task-skipped", buildEventDetail(task));
      onClosed(closed);
    });
  return (
    <li class="card task">
      <Icon name={task.kind === "agencyForm" ? "mail" : task.kind} />
      <div class="task-body">
        <h4 id={titleId}>{formatTaskTitle(task)}</h4>
        <p>{task.instructions}</p>
        <p class="fine">{formatTaskTimes(task, tokens.now())}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      {mayAct() && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        <div class="actions" role="group" aria-labelledby={titleId}>
          <Button icon="check" isBusy={isBusy} onClick={() => close("done")}>
            Done
          </Button>
          <Button kind="quiet" isDisabled={isBusy} onClick={() => close("skip")}>
            Skip
          </Button>
        </div>
      )}
    </li>
  );
}

const buildEventDetail = ({ campaignId, recipientId, stepNumber, kind }: Task) => ({
  campaignId,
  recipientId,
  stepNumber,
  taskKind: kind,
});

type Props = {
  /**
   * The campaign or recipient whose tasks are shown. If `of` is left out, all tasks of the property
   * are shown.
   */
  of?: Partial<Pick<Task, "campaignId" | "recipientId">>;
  /** If true, new tasks may come up while the list is shown. */
  isLive: boolean;
  /**
   * Called after a task is closed. The sequence has gone on, so the view that shows this list must
   * load its data again.
   */
  onClosed: () => void;
};

/**
 * The list of this property's open tasks, the oldest first. Shows nothing if there are no open
 * tasks.
 */
export function OpenTaskList({ of = {}, isLive, onClosed }: Props) {
  const { emit, seenTasks, propertyId, cache } = useSession();
  const tasks = useResource(`tasks ${isLive}`, ({ api }) => ({
    fetch: (signal) => api.openTasks(propertyId, signal),
    shouldPoll: () => isLive,
  }));
  const { data } = tasks;
  useEffect(() => {
    for (const task of data?.items ?? []) {
      if (seenTasks.has(task.id)) continue;
      seenTasks.add(task.id);
      emit("task-opened", buildEventDetail(task));
    }
  }, [data, emit, seenTasks]);
  const section = useRef<HTMLElement>(null);
  const remove = ({ id }: Task) => {
    // The focused button disappears with its card. Focus moves to the view's heading, because the
    // browser would move the focus out of the tab.
    const root = section.current?.getRootNode();
    if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(".view-header h2")?.focus();
    if (data) tasks.set({ ...data, items: data.items.filter((one) => one.id !== id) });
    cache.delete("campaigns");
    onClosed();
  };
  const shown = data?.items.filter(
    (task) =>
      (of.campaignId ?? task.campaignId) === task.campaignId &&
      (of.recipientId ?? task.recipientId) === task.recipientId,
  );
  return (
    <LoadedContent resource={tasks} rows={0}>
      {() =>
        shown !== undefined &&
        shown.length > 0 && (
          <section class="tasks" ref={section}>
            <h3 class="group-title">For you to do</h3>
            <ul class="list">
              {shown.map((task) => (
                <TaskCard task={task} onClosed={remove} key={task.id} />
              ))}
            </ul>
          </section>
        )
      }
    </LoadedContent>
  );
}
