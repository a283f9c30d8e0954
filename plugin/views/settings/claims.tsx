import type { ClaimAttestation } from "../../../shared/claim.ts";
import type { Tenant } from "../../../shared/tenant.ts";
import { type LetterClaim, letterClaims } from "../../../shared/vocabulary.ts";
import type { SettingsApi } from "../../data/settings-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { letterClaimTexts } from "../../words/claim.ts";
import { say } from "../../words/say.ts";
import { AttestForm } from "../attest-form.tsx";
import { ReturnButton, SettingsSection, useHasRole } from "./section.tsx";

type Props = { tenant: Tenant; settings: SettingsApi; onChange: (tenant: Tenant) => void };

type AttestedProps = Omit<Props, "tenant"> & {
  claim: LetterClaim;
  attestation: ClaimAttestation;
  mayChange: boolean;
};

function Attested({ claim, attestation, settings, mayChange, onChange }: AttestedProps) {
  const { format, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const takeBack = () =>
    run(async () => {
      onChange(await settings.takeClaimBack(claim));
      status.value = say("Confirmation withdrawn.");
    });
  return (
    <>
      <p>“{attestation.words}”</p>
      <p class="fine">
        {say("Confirmed by {by}, {at}", { by: attestation.by, at: format.date(attestation.at) })}
      </p>
      <div class="form-actions">
        {mayChange && (
          <Button kind="quiet" isBusy={isBusy} onClick={takeBack}>
            {say("Withdraw")}
          </Button>
        )}
        <ReturnButton />
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/**
 * Lists the claims that letters can make. An administrator must attest a claim before an agent's
 * wording may make the claim.
 */
export function ClaimsSection({ tenant, settings, onChange }: Props) {
  const mayChange = useHasRole("admin");
  return (
    <SettingsSection title={say("Claims in emails")} changedBy="admin">
      <ul class="list">
        {letterClaims.map((claim) => {
          const attestation = tenant.claimAttestations[claim];
          return (
            <li class="card" key={claim}>
              <h4>{say(letterClaimTexts[claim].title)}</h4>
              <p class="fine">{say(letterClaimTexts[claim].rule)}</p>
              {attestation && <Attested {...{ claim, attestation, settings, mayChange, onChange }} />}
              {!attestation && mayChange && <AttestForm {...{ claim, settings, onChange }} />}
              {!attestation && !mayChange && (
                <p class="muted">{say("Not confirmed, so emails can’t say it.")}</p>
              )}
            </li>
          );
        })}
      </ul>
    </SettingsSection>
  );
}
