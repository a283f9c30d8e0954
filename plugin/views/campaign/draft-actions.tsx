import { useId, useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useSession } from "../../session/state.ts";
import { type ActionState, useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { useOpenerFocus } from "../../ui/form-focus.ts";
import { say } from "../../words/say.ts";
import { isOnlyAboutApproval, LetterApprovalNote } from "../ask-approval.tsx";
import { DraftForm } from "./draft-form.tsx";

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
  launch: ActionState;
  onLaunch: () => void;
};

function DeleteDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { api, cache, go, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const remove = () =>
    run(async () => {
      await createCampaignApi(api).deleteCampaign(campaign.id);
      cache.delete("campaigns");
      status.value = say("Draft deleted.");
      onClose();
      go({ name: "campaigns" });
    });
  return (
    <ConfirmDialog
      title={say("Delete this draft?")}
      confirm={say("Delete draft")}
      kind="danger"
      isBusy={isBusy}
      failure={failure}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        {say("“{name}” and its recipients will be deleted. No emails have gone out from it.", {
          name: campaign.name,
        })}
      </p>
    </ConfirmDialog>
  );
}

/**
 * Shows the buttons of a draft: launch, edit and delete. If the agent has undone a launch, the
 * campaign is a draft again.
 */
export function DraftActions({ campaign, onChange, launch, onLaunch }: Props) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const opener = useOpenerFocus(open === "edit");
  const formId = useId();
  const close = () => setOpen(null);
  return (
    <>
      {campaign.counts.recipients > 0 && (
        <Button kind="primary" icon="send" isBusy={launch.isBusy} onClick={onLaunch}>
          {say("Launch")}
        </Button>
      )}
      <Button
        ref={opener}
        expands={{ id: formId, isOpen: open === "edit" }}
        onClick={() => setOpen(open === "edit" ? null : "edit")}
      >
        {say("Edit")}
      </Button>
      <Button onClick={() => setOpen("delete")}>{say("Delete")}</Button>
      {launch.failure &&
        (isOnlyAboutApproval(launch.failure) ? (
          <LetterApprovalNote failure={launch.failure} letters={{ campaignId: campaign.id }} />
        ) : (
          <FailureNotice failure={launch.failure} />
        ))}
      {open === "edit" && <DraftForm id={formId} campaign={campaign} onChange={onChange} onClose={close} />}
      {open === "delete" && <DeleteDialog campaign={campaign} onClose={close} />}
    </>
  );
}
