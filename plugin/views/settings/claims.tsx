import { useState } from "preact/hooks";
import type { ClaimAttestation } from "../../../shared/claim.ts";
import { limits } from "../../../shared/limits.ts";
import type { Tenant } from "../../../shared/tenant.ts";
import { type Claim, claims } from "../../../shared/vocabulary.ts";
import type { SettingsApi } from "../../data/settings-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { ReturnButton, SettingsSection, useMayChange } from "./section.tsx";
import { TextField } from "./text-field.tsx";

const names: Record<Claim, { title: string; rule: string; question: string }> = {
  haveBuyer: {
    title: "“I have a buyer”",
    rule: "A real person who is looking for a home like this now.",
    question: "Which buyer, and how does the office know?",
  },
  numberOne: {
    title: "“#1” and other ranks",
    rule: "A rank that a named source confirms, for a stated area and period.",
    question: "Which source, area and period?",
  },
  somethingFree: {
    title: "Something free",
    rule: "Free with no conditions and nothing to sign.",
    question: "What’s free, and for whom?",
  },
};

type Props = { tenant: Tenant; settings: SettingsApi; onChange: (tenant: Tenant) => void };

function AttestForm({ claim, settings, onChange }: Omit<Props, "tenant"> & { claim: Claim }) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [words, setWords] = useState("");
  const attest = (event: Event) => {
    event.preventDefault();
    if (words.trim() === "") return;
    run(async () => {
      onChange(await settings.attestClaim({ claim, words: words.trim() }));
      status.value = "Confirmed. Emails can say this now.";
    });
  };
  const fault = failure?.fields.words;
  return (
    <form onSubmit={attest} noValidate>
      <TextField
        path={`claims.${claim}`}
        label={names[claim].question}
        longest={limits.noteLength}
        value={words}
        fault={fault}
        onInput={setWords}
      />
      {failure && !fault && <FailureNotice failure={failure} />}
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy} aria-disabled={words.trim() === ""}>
          Confirm it’s true
        </button>
      </div>
    </form>
  );
}

type AttestedProps = Omit<Props, "tenant"> & {
  claim: Claim;
  attestation: ClaimAttestation;
  mayChange: boolean;
};

function Attested({ claim, attestation, settings, mayChange, onChange }: AttestedProps) {
  const { format, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const takeBack = () =>
    run(async () => {
      onChange(await settings.takeClaimBack(claim));
      status.value = "Confirmation withdrawn.";
    });
  return (
    <>
      <p>“{attestation.words}”</p>
      <p class="fine">
        Confirmed by {attestation.by}, {format.date(attestation.at)}
      </p>
      <div class="form-actions">
        {mayChange && (
          <Button kind="quiet" isBusy={isBusy} onClick={takeBack}>
            Withdraw
          </Button>
        )}
        <ReturnButton />
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/** The claims that an administrator must attest before an agent's wording may make them. */
export function ClaimsSection({ tenant, settings, onChange }: Props) {
  const mayChange = useMayChange("admin");
  return (
    <SettingsSection title="Claims in emails" changedBy="admin">
      <ul class="list">
        {claims.map((claim) => {
          const attestation = tenant.claimAttestations[claim];
          return (
            <li class="card" key={claim}>
              <h4>{names[claim].title}</h4>
              <p class="fine">{names[claim].rule}</p>
              {attestation && <Attested {...{ claim, attestation, settings, mayChange, onChange }} />}
              {!attestation && mayChange && <AttestForm {...{ claim, settings, onChange }} />}
              {!attestation && !mayChange && <p class="muted">Not confirmed, so emails can’t say it.</p>}
            </li>
          );
        })}
      </ul>
    </SettingsSection>
  );
}
