import { useEffect, useRef, useState } from "preact/hooks";
import type { Tenant } from "../../../shared/tenant.ts";
import { type LetterClaim, letterClaims } from "../../../shared/vocabulary.ts";
import type { RequestFailure } from "../../data/api.ts";
import { createSettingsApi } from "../../data/settings-api.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { AttestForm } from "../attest-form.tsx";

const prefix = "claims.";

/**
 * Tells whether the Worker refused the launch only because of claims in the letters that nobody has
 * attested.
 */
export const isOnlyAboutClaims = ({ fields }: RequestFailure): boolean => {
  const paths = Object.keys(fields);
  return paths.length > 0 && paths.every((path) => path.startsWith(prefix));
};

type Props = {
  failure: RequestFailure;
  /** Called when every claim is attested. */
  onAttested: () => void;
};

/**
 * Shows the claims because of which the Worker refused the launch. An admin can attest the claims
 * here, once for the whole office.
 */
export function LaunchClaimsNote({ failure, onAttested }: Props) {
  const { api, cache, status, tokens } = useSession();
  const [done, setDone] = useState<readonly LetterClaim[]>([]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focused field has disappeared with the attested claim, so the next field gets the focus.
    if (done.length > 0) list.current?.querySelector("input")?.focus();
  }, [done]);
  const mayAttest = hasRole(tokens.role(), "admin");
  const asked = letterClaims.filter((claim) => failure.fields[prefix + claim] !== undefined);
  const open = asked.filter((claim) => !done.includes(claim));
  const [first] = open;
  const noteAttested = (claim: LetterClaim, tenant: Tenant) => {
    cache.set("tenant", tenant);
    setDone([...done, claim]);
    if (open.length > 1) return;
    status.value = say("Confirmed. You can launch now.");
    onAttested();
  };
  return (
    <Note tone="warning">
      <div ref={list} class="claims-asked">
        {open.map((claim) => (
          <div key={claim}>
            <p>{failure.fields[prefix + claim]}.</p>
            {mayAttest && claim === first && (
              <AttestForm
                claim={claim}
                settings={createSettingsApi(api)}
                onChange={(tenant) => noteAttested(claim, tenant)}
              />
            )}
          </div>
        ))}
        {!mayAttest && (
          <p>
            {say(
              "Your office’s administrator can confirm it in Office settings, or you can change the email. No emails will go out until then.",
            )}
          </p>
        )}
      </div>
    </Note>
  );
}
