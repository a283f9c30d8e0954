import { type Role, roles } from "../../shared/vocabulary.ts";

/**
 * Tells whether `role` is at least as high as `least`. The Worker also checks the role at each
 * request.
 */
export const hasRole = (role: Role | null, least: Role): boolean =>
  role !== null && roles.indexOf(role) >= roles.indexOf(least);
