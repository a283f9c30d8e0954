import { useSession } from "../session/state.ts";
import { subjectPieces } from "../words/words.ts";

/** A template's subject, with readable names in place of its variables. */
export function Subject({ subject }: { subject: string }) {
  const { property } = useSession();
  return (
    <>
      {subjectPieces(subject, property.value).map(({ text, isVariable }, index) =>
        isVariable ? (
          <span class="variable" key={index}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </>
  );
}
