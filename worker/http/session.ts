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

/** Returns the database scope of the session's tenant. */
export function createSessionScope(ctx: Ctx, session: Session): Scope {
  return createScope(ctx.db, session.tenantId);
}
