import { useSession } from "../session/state.ts";
import { splitSubject } from "../words/variable.ts";

/** Shows a template's subject, with readable names in place of its variables. */
export function TemplateSubject({ subject }: { subject: string }) {
  const { property } = useSession();
  return (
    <>
      {splitSubject(subject, property.value).map(({ text, isVariable }, index) =>
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
