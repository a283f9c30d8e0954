import { useSession } from "../session/state.ts";
import { useAction } from "./action.ts";
import { Button } from "./button.tsx";
import { FailureNotice } from "./feedback.tsx";

type Props = {
  label: string;
  filename: string;
  /** The text that a screen reader speaks after the file is saved. */
  done: string;
  load: () => Promise<Blob>;
};

/** Shows the button that loads a file from the Worker and saves the file. */
export function SaveFileButton({ label, filename, done, load }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const save = () =>
    run(async () => {
      const url = URL.createObjectURL(await load());
      const link = document.createElement("a");
      link.href = url;
      link.download = filename;
      link.click();
      URL.revokeObjectURL(url);
      status.value = done;
    });
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} onClick={save}>
        {label}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
