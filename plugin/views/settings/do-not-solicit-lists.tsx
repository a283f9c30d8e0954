import { useState } from "preact/hooks";
import type { DoNotSolicitList } from "../../../shared/do-not-solicit-list.ts";
import { limits } from "../../../shared/limits.ts";
import type { SettingsApi } from "../../data/settings-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { formatCount, say } from "../../words/say.ts";
import { DoNotSolicitListImportForm } from "./list-import-form.tsx";
import { useRequestedSetting } from "./opened-field.ts";
import { SettingsSection, useHasRole } from "./section.tsx";

const describeArea = ({ city, state }: DoNotSolicitList) => (city === null ? state : `${city}, ${state}`);

type RowProps = { list: DoNotSolicitList; onImport: (() => void) | null; onDelete: (() => void) | null };

function ListRow({ list, onImport, onDelete }: RowProps) {
  const { format } = useSession();
  return (
    <li class="card">
      <div class="card-head">
        <h4>{list.name}</h4>
        {list.isOld && <Badge tone="warning" text={say("Import again")} />}
      </div>
      <p class="fine">{`${describeArea(list)} · ${formatCount(list.lines, "line")} · ${say("dated {day}", { day: format.calendarDay(list.asOf) })}`}</p>
      {list.isOld && (
        <p class="fine missing">
          {say(
            "This list is more than {days} days old. You can’t launch in {area} until the newest list is imported.",
            { days: limits.doNotSolicitListDays, area: describeArea(list) },
          )}
        </p>
      )}
      {onImport && onDelete && (
        <div class="form-actions">
          <Button label={say("Import {name} again", { name: list.name })} onClick={onImport}>
            {say("Import again")}
          </Button>
          <Button kind="quiet" label={say("Remove {name}", { name: list.name })} onClick={onDelete}>
            {say("Remove…")}
          </Button>
        </div>
      )}
    </li>
  );
}

type RemoveProps = { list: DoNotSolicitList; settings: SettingsApi; onClose: () => void; onDone: () => void };

function RemoveDialog({ list, settings, onClose, onDone }: RemoveProps) {
  const { run, isBusy, failure } = useAction();
  const remove = () =>
    run(async () => {
      await settings.deleteDoNotSolicitList(list.id);
      onDone();
      onClose();
    });
  return (
    <ConfirmDialog
      title={say("Remove {name}?", { name: list.name })}
      confirm={say("Remove")}
      kind="danger"
      isBusy={isBusy}
      failure={failure}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        {say(
          "Owners of homes on this list can be emailed again. Remove it only if the rule no longer applies.",
        )}
      </p>
    </ConfirmDialog>
  );
}

/** Shows the do-not-solicit lists: homes and zones whose owners nobody may ask to sell. */
export function DoNotSolicitSection({ settings }: { settings: SettingsApi }) {
  const mayChange = useHasRole("teamLead");
  const opened = useRequestedSetting();
  const lists = useResource("doNotSolicitLists", () => ({ fetch: settings.doNotSolicitLists }));
  const [form, setForm] = useState<{ list: DoNotSolicitList | null } | null>(null);
  const [removed, setRemoved] = useState<DoNotSolicitList | null>(null);
  const asked = lists.data?.items.find(({ id }) => opened === `doNotSolicitLists.${id}`) ?? null;
  const shown = form ?? (asked?.isOld && mayChange ? { list: asked } : null);
  return (
    <SettingsSection title={say("Do-not-solicit lists")} changedBy="teamLead">
      <LoadedContent resource={lists} rows={1}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <p class="muted">
                {say("None yet. New York’s zones and Philadelphia’s addresses are examples of these lists.")}
              </p>
            )}
            <ul class="list">
              {items.map((list) => (
                <ListRow
                  key={list.id}
                  list={list}
                  onImport={mayChange ? () => setForm({ list }) : null}
                  onDelete={mayChange ? () => setRemoved(list) : null}
                />
              ))}
            </ul>
            {mayChange && shown === null && (
              <p class="more">
                <Button icon="plus" onClick={() => setForm({ list: null })}>
                  {say("Import a list")}
                </Button>
              </p>
            )}
            {shown && (
              <DoNotSolicitListImportForm
                key={shown.list?.id ?? "new"}
                list={shown.list}
                settings={settings}
                onClose={() => setForm(null)}
                onImported={lists.reload}
              />
            )}
            {removed && (
              <RemoveDialog
                list={removed}
                settings={settings}
                onDone={lists.reload}
                onClose={() => setRemoved(null)}
              />
            )}
          </>
        )}
      </LoadedContent>
    </SettingsSection>
  );
}
