import { AppError } from "../domain/errors.ts";
import { hasRole } from "./permissions.ts";
import type { HttpContext } from "./request.ts";
import type { FoundSequence } from "./sequences.ts";

/**
 * Tells whether the caller may change a sequence. An agent's own sequence may be changed only by
 * its owner. Only a team lead may change the office's sequences and the presets.
 */
export function mayEditSequence(c: HttpContext, { row }: Pick<FoundSequence, "row">): boolean {
  const session = c.get("session");
  if (row?.scope === "mine") return hasRole(session, "agent") && row.ownedBy === session.agentId;
  return hasRole(session, "teamLead");
}

/** @throws AppError forbidden */
export function requireSequenceEditor(c: HttpContext, found: FoundSequence): void {
  if (!mayEditSequence(c, found)) throw createLeadError();
}

/** @throws AppError forbidden */
export function requireOfficeSequenceEditor(c: HttpContext): void {
  if (!hasRole(c.get("session"), "teamLead")) throw createLeadError();
}

const createLeadError = () =>
  new AppError(
    "forbidden",
    "Only a team lead can change the office's sequences. Duplicate one to make your own.",
  );
