import type { Sequence } from "../../../shared/sequence.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { SequenceEditor } from "./editor.tsx";
import { useSequenceStyleSheet } from "./sheet.ts";

/** Shows one sequence, in which an agent reads or edits the steps. */
export function SequenceView({ id }: { id: string }) {
  const { go } = useSession();
  const sheet = useSequenceStyleSheet();
  const sequence = useResource<Sequence>(`sequence ${id}`, ({ api }) => ({
    fetch: (signal) => createSequenceApi(api).read(id, signal),
  }));
  return (
    <div ref={sheet}>
      <ViewHeader
        title={say("Sequence")}
        back={{ label: say("Sequences"), onClick: () => go({ name: "sequences" }) }}
      />
      <LoadedContent resource={sequence} rows={5}>
        {(loaded) => <SequenceEditor loaded={loaded} key={loaded.id} />}
      </LoadedContent>
    </div>
  );
}
