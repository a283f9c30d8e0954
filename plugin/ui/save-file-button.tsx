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

/** Saves a file that the Worker has sent. */
export function saveFile(file: Blob, filename: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}

/** Shows the button that loads a file from the Worker and saves the file. */
export function SaveFileButton({ label, filename, done, load }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const save = () =>
    run(async () => {
      saveFile(await load(), filename);
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
