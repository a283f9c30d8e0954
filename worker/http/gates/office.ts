import { findTenant } from "../../db/tenants.ts";
import type { AppError } from "../../domain/errors.ts";
import { checkDisclosure } from "../../send/disclosure-faults.ts";
import type { RequestScope } from "../access.ts";
import { createGateError } from "./error.ts";

type Scope = RequestScope["scope"];

/**
 * Returns the refusal of a campaign that emails people of other campaigns too (ignores collisions)
 * although the office's policy is `holdAlways`.
 */
export async function checkCollisionsGate(
  scope: Scope,
  ignoresCollisions: boolean,
): Promise<AppError | null> {
  if (!ignoresCollisions || (await findTenant(scope))?.collisionPolicy !== "holdAlways") return null;
  const reason = { code: "collisionsAreHeld" } as const;
  return createGateError(reason, { code: "invalidRequest", fields: [["ignoresCollisions", reason]] });
}

/** @throws AppError invalidRequest if the office's policy forbids ignoring collisions */
export async function refuseCollisionOverride(scope: Scope, ignoresCollisions: boolean): Promise<void> {
  const error = await checkCollisionsGate(scope, ignoresCollisions);
  if (error !== null) throw error;
}

/**
 * Returns the refusal of a launch for which the office or a sender lacks a detail that the law
 * requires in the emails.
 * @param states the US states of the properties; null stands for an unknown state
 */
export async function checkOfficeDetailsGate(
  scope: Scope,
  senders: { senderId: number; otherSenderIds: readonly number[] },
  states: readonly (string | null)[],
): Promise<AppError | null> {
  const { faults } = await checkDisclosure(scope, senders, states);
  const [first] = faults;
  if (first === undefined) return null;
  return createGateError(first.reason, {
    message: `Your office's details aren't complete yet, so no emails can go out. ${first.message}.`,
    fields: faults.map(({ field, reason }) => [field, reason] as const),
  });
}
