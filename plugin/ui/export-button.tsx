import { useSession } from "../session/state.ts";
import { say } from "../words/say.ts";
import { useAction } from "./action.ts";
import { Button } from "./button.tsx";
import { FailureNotice } from "./feedback.tsx";

type Props = { campaignId: number; load: () => Promise<Blob> };

/** The button that saves a campaign's listed people as a CSV file. */
export function ExportButton({ campaignId, load }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const save = () =>
    run(async () => {
      const url = URL.createObjectURL(await load());
      const link = document.createElement("a");
      link.href = url;
      link.download = `campaign-${campaignId}.csv`;
      link.click();
      URL.revokeObjectURL(url);
      status.value = say("Exported.");
    });
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} onClick={save}>
        {say("Export")}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
