import type { LetterDraft } from "../../../shared/personal-wording.ts";
import type { EmailPreview, EmailPreviewInput } from "../../../shared/template.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { PlainLetterEditor } from "../letter-editor.tsx";

type Props = {
  name: string;
  /** The request for the preview of the email. */
  request: EmailPreviewInput;
  hasSubject: boolean;
  onSave: (written: LetterDraft) => void;
  onClose: () => void;
};

/**
 * Shows the editor of one email for one contact. The Worker checks the new text before the launch
 * view keeps the text.
 */
export function LaunchLetterEditor({ name, request, hasSubject, onSave, onClose }: Props) {
  const { api } = useSession();
  const asked = { ...request, withDraft: true };
  const opened = useResource<EmailPreview>(`draft ${JSON.stringify(asked)}`, ({ api: caller }) => ({
    fetch: (signal) => caller.preview(asked, signal),
  }));
  const save = async (written: LetterDraft) => {
    const { subject, bodyText } = written;
    await api.preview({ ...request, wording: hasSubject ? { subject, bodyText } : { bodyText } });
    onSave(written);
  };
  return (
    <LoadedContent resource={opened} rows={5}>
      {({ draft }) => (
        <PlainLetterEditor
          name={name}
          draft={{
            subject: request.wording?.subject ?? draft?.subject ?? "",
            bodyText: request.wording?.bodyText ?? draft?.bodyText ?? "",
          }}
          hasSubject={hasSubject}
          save={save}
          onClose={onClose}
        />
      )}
    </LoadedContent>
  );
}
