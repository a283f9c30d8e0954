import { useEffect, useRef } from "preact/hooks";
import type { Task } from "../../shared/task.ts";
import { useResource } from "../data/use-resource.ts";
import { homePagePropertyId, useSession } from "../session/state.ts";
import { LoadedContent } from "../ui/feedback.tsx";
import { say } from "../words/say.ts";
import { LazyView } from "./lazy-view.tsx";

/** Returns the details of a task for an event to the host. */
const buildTaskEvent = ({ campaignId, recipientId, stepNumber, kind }: Task) => ({
  campaignId,
  recipientId,
  stepNumber,
  taskKind: kind,
});

const loadTaskCard = () => import("./task-card.tsx").then(({ TaskCard: View }) => ({ View }));

type Props = {
  /**
   * The campaign or the recipient whose tasks the list shows. Without `of`, the list shows all
   * tasks of the property.
   */
  of?: Partial<Pick<Task, "campaignId" | "recipientId">>;
  /** If true, the list loads its tasks again from time to time, because new tasks may open. */
  isLive: boolean;
  /**
   * Called after a task is closed or postponed. The sequence's dates have changed, so the view
   * around this list must load its data again.
   */
  onClosed: () => void;
};

/**
 * Lists the open tasks, the oldest first: on an agent's home page the agent's own tasks, elsewhere
 * the tasks of everyone. Shows nothing if there are no open tasks.
 */
export function OpenTaskList({ of = {}, isLive, onClosed }: Props) {
  const { emit, told, propertyId, cache, tokens } = useSession();
  const reach = propertyId === homePagePropertyId && tokens.role() === "agent" ? "mine" : "office";
  const tasks = useResource(`tasks ${isLive}`, ({ api }) => ({
    fetch: (signal) => api.openTasks(propertyId, reach, signal),
    shouldPoll: () => isLive,
  }));
  const { data } = tasks;
  useEffect(() => {
    if (data === undefined) return;
    for (const task of data.items) {
      const key = `task ${task.id}`;
      if (told.keys.has(key)) continue;
      told.keys.add(key);
      emit("task-opened", buildTaskEvent(task));
    }
    // On the agent's home page, the replies that wait are counted instead.
    if (propertyId !== homePagePropertyId) emit("count", { count: data.items.length });
  }, [data, emit, told, propertyId]);
  const section = useRef<HTMLElement>(null);
  const remove = (gone: Task) => {
    const { id, outcome } = gone;
    if (outcome !== null) {
      emit(outcome === "done" ? "task-done" : "task-skipped", buildTaskEvent(gone));
      emit("task-closed", { ...buildTaskEvent(gone), outcome });
    }
    // The focused button disappears with the task's card, and the browser would move the focus out
    // of the tab. Therefore the view's heading gets the focus.
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
            <h3 class="group-title">
              {shown.every(({ isMine }) => isMine) ? say("Your tasks") : say("Tasks")}
            </h3>
            <ul class="list">
              {shown.map((task) => (
                <LazyView load={loadTaskCard} props={{ task, onRemoved: remove }} key={task.id} />
              ))}
            </ul>
          </section>
        )
      }
    </LoadedContent>
  );
}
