import type { Role } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import { createScope, type Scope } from "../db/scope.ts";

/**
 * The caller that a verified token names. `properties` is null if the caller sees all properties.
 */
export type Session = {
  tenantId: number;
  agentId: string;
  role: Role;
  properties: ReadonlySet<string> | null;
};

/**
 * Tells whether the session may see rows of this property. Rows without a property are visible only
 * to a session that sees all properties.
 */
export function seesProperty(session: Session, propertyId: string | null): boolean {
  return session.properties === null || (propertyId !== null && session.properties.has(propertyId));
}

/**
 * Returns a fault for each recipient at a property that the session may not see. The keys of the
 * result are fields of the request.
 */
export function findUnseenPropertyFaults(
  session: Session,
  recipients: readonly { propertyId?: string | undefined }[],
): Record<string, string> {
  const outside = recipients.flatMap(({ propertyId }, index) =>
    propertyId === undefined || seesProperty(session, propertyId) ? [] : [index],
  );
  return Object.fromEntries(
    outside.map((index) => [`recipients.${index}.propertyId`, "must be a property you have access to"]),
  );
}

/** Returns the database scope of the session's tenant. */
export function createSessionScope(ctx: Ctx, session: Session): Scope {
  return createScope(ctx.db, session.tenantId);
}
