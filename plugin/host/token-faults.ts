import { roles } from "../../shared/vocabulary.ts";

const longestLifeSeconds = 300;

function decodePart(part: string | undefined): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(atob((part ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

const isFilledText = (value: unknown) => typeof value === "string" && value !== "";

function listClaimFaults(claims: Readonly<Record<string, unknown>>, propertyId: string | null): string[] {
  const { iss, aud, sub, tid, role, prop } = claims;
  const audiences = Array.isArray(aud) ? aud : [aud];
  const isForProperty =
    prop === "*" || (Array.isArray(prop) && (propertyId === null || prop.includes(propertyId)));
  const rules: [isRight: boolean, fault: string][] = [
    [isFilledText(iss), "`iss` is missing."],
    [audiences.includes("doorknock"), "`aud` is not `doorknock`."],
    [isFilledText(sub), "`sub`, the agent's id, is missing."],
    [Number.isInteger(tid), "`tid`, the tenant's number, is missing or is no number."],
    [roles.some((one) => one === role), `\`role\` is none of ${roles.join(", ")}.`],
    [isForProperty, "`prop` is neither `*` nor a list that contains the property of the tab."],
  ];
  return rules.flatMap(([isRight, fault]) => (isRight ? [] : [fault]));
}

/**
 * Returns what is wrong with a token, as far as a browser can see: the signature and the key are
 * known to the server only.
 * @param now in ms since 1970, by the browser's clock
 */
export function listTokenFaults(token: string, propertyId: string | null, now: number): string[] {
  const parts = token.split(".");
  const header = decodePart(parts[0]);
  const claims = decodePart(parts[1]);
  if (parts.length !== 3 || header === null || claims === null) return ["The token is no JWT."];
  const { exp } = claims;
  const faults = isFilledText(header.kid) ? [] : ["The header has no `kid`."];
  if (typeof exp !== "number") faults.push("`exp` is missing or is no number.");
  // The API tolerates a minute between its clock and the clock of the host.
  else if (exp * 1000 < now - 60_000) faults.push("`exp` is in the past, or is not in seconds.");
  else if (exp * 1000 > now + (longestLifeSeconds + 60) * 1000)
    faults.push(`\`exp\` is more than ${longestLifeSeconds / 60} minutes ahead, or is not in seconds.`);
  return [...faults, ...listClaimFaults(claims, propertyId)];
}
