import { hostReportedVariables, type MaxFactAgeDays } from "../../../shared/fact-age.ts";
import { addressFields, personNameFields } from "../../../shared/fact-fields.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import type { Candidate } from "./candidate.ts";
import {
  applyNewerFacts,
  findNewerAddress,
  findNewerContact,
  findNewerPriceAndStatus,
  getValueGivenAt,
} from "./facts-of-day.ts";

/**
 * A value in the next email that is older than the office allows. `value`: the known value; null if
 * the letter makes the value from other values. `ageDays` is rounded up.
 */
export type OldFact = {
  path: string;
  value: string | null;
  at: number;
  ageDays: number;
  mostDays: number;
};

const addressPaths: readonly string[] = addressFields.map((field) => `property.${field}`);
const namePaths: readonly string[] = personNameFields.map((field) => `recipient.${field}`);

/**
 * Returns the values in the next email that are older than the office allows, the oldest first. A
 * value that came with the launch is as old as the launch. A value that is missing is not old.
 */
export function findOldFacts(candidate: Candidate, now: number): OldFact[] {
  return candidate.readFacts
    .flatMap((path) => {
      const mostDays = findLimit(candidate.maxFactAgeDays, path);
      const at = findKnownTime(candidate, path);
      if (mostDays === undefined || at === null || now - at <= mostDays * dayMs) return [];
      return [
        { path, value: formatValue(candidate, path), at, ageDays: Math.ceil((now - at) / dayMs), mostDays },
      ];
    })
    .toSorted((one, other) => one.at - other.at);
}

const findLimit = (ages: MaxFactAgeDays, path: string): number | undefined =>
  ages[path] ?? (hostReportedVariables.includes(path) ? ages.default : undefined);

/**
 * Returns the instant for which a value is known: the time of its source, or the time of an agent's
 * confirmation if that time is later. Null if the value is missing.
 */
function findKnownTime(candidate: Candidate, path: string): number | null {
  const at = findSourceTime(candidate, path);
  return at === null ? null : Math.max(at, candidate.recipient.data.confirmed?.[path] ?? 0);
}

function findSourceTime(candidate: Candidate, path: string): number | null {
  const { recipient } = candidate;
  if (path === "property.listPrice" || path === "property.standardStatus") {
    const { price, status } = findNewerPriceAndStatus(candidate);
    const newer = path === "property.listPrice" ? price : status;
    return newer?.at ?? (hasValue(candidate, [path]) ? getValueGivenAt(recipient, path) : null);
  }
  if (addressPaths.includes(path)) {
    if (!hasValue(candidate, addressPaths)) return null;
    return Math.max(getValueGivenAt(recipient, path), findNewerAddress(candidate)?.at ?? 0);
  }
  if (namePaths.includes(path)) {
    if (recipient.name === "" && !hasValue(candidate, namePaths)) return null;
    const given = Math.max(...namePaths.map((name) => getValueGivenAt(recipient, name)));
    return Math.max(given, findNewerContact(candidate)?.at ?? 0);
  }
  return hasValue(candidate, [path]) ? getValueGivenAt(recipient, path) : null;
}

function hasValue(candidate: Candidate, paths: readonly string[]): boolean {
  const values = paths.map((path) => readValue(candidate, path));
  return values.some((value) => value !== undefined && value !== null && value !== "");
}

function readValue(candidate: Candidate, path: string): unknown {
  const { data } = applyNewerFacts(candidate);
  const [root, name = ""] = path.split(".");
  return (root === "recipient" ? data.recipient : data.property)[name];
}

function formatValue(candidate: Candidate, path: string): string | null {
  const value = readValue(candidate, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
