import { useEffect, useState } from "preact/hooks";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { LintFinding, LintResult } from "../../../shared/template-lint.ts";
import type { LetterClaim } from "../../../shared/vocabulary.ts";
import { useResource } from "../../data/use-resource.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { letterClaimTexts } from "../../words/claim.ts";
import { formatCount, say, sayMessage, translatedTable } from "../../words/say.ts";

/** The time in ms without typing after which the Worker checks the letter. */
const pauseMs = 600;

function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [JSON.stringify(value)]);
  return paused;
}

/** The problems that the Worker found in a letter, and the HTML that the Worker checked. */
export type LetterFindings = { html: string; findings: readonly LintFinding[] };

/**
 * Loads the problems that the Worker finds in the letter, by the same rules as for a saved
 * template.
 */
export function useLetterFindings(
  { subject, preheader, bodyHtml }: SequenceLetter,
  hasSubject: boolean,
): LetterFindings {
  const asked = usePaused({ ...(hasSubject ? { subject } : {}), preheader, bodyHtml });
  const checked = useResource(`lint ${JSON.stringify(asked)}`, ({ api }) => ({
    fetch: async (signal) =>
      bodyHtml === ""
        ? { lint: [], removed: [] }
        : await api.request<LintResult>("/templates/lint", { method: "POST", body: asked, signal }),
  }));
  return { html: asked.bodyHtml, findings: checked.data?.lint ?? [] };
}

const fieldNames = translatedTable({
  subject: "Subject",
  preheader: "Preview text",
  bodyHtml: "Text",
  bodyText: "Plain text",
});

/**
 * Shows the button with which an administrator opens the setting for a claim that the letter makes.
 * In the setting, the administrator attests the claim.
 */
function ConfirmClaim({ claim }: { claim: LetterClaim }) {
  const { go, tokens, view } = useSession();
  if (!hasRole(tokens.role(), "admin")) return null;
  return (
    <Button
      kind="quiet"
      label={say("Confirm: {claim}", { claim: say(letterClaimTexts[claim].title) })}
      onClick={() => go({ name: "settings", field: `claims.${claim}`, returnTo: view.value })}
    >
      {say("Confirm…")}
    </Button>
  );
}

type ListProps = { findings: readonly LintFinding[]; onGo: (finding: LintFinding) => void };

/** Lists the problems of a letter. A click on a problem moves the cursor to the problem's place. */
export function FindingList({ findings, onGo }: ListProps) {
  if (findings.length === 0) return null;
  return (
    <div class="findings">
      <p class="strong">
        {say("{things} to check in this email", { things: formatCount(findings.length, "thing") })}
      </p>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.field} ${finding.code} ${finding.start}`} class={finding.severity}>
            <span>
              {fieldNames[finding.field]}: {sayMessage(finding.message)}
            </span>
            <div>
              <Button
                kind="quiet"
                label={say("Go to: {finding}", {
                  finding: `${fieldNames[finding.field]} ${sayMessage(finding.message)}`,
                })}
                onClick={() => onGo(finding)}
              >
                {say("Go to")}
              </Button>
              {finding.claim && <ConfirmClaim claim={finding.claim} />}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
