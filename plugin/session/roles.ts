import { type Role, roles } from "../../shared/vocabulary.ts";

/** Tells whether `role` is `least` or a higher role. The Worker checks the role too. */
export const hasRole = (role: Role | null, least: Role): boolean =>
  role !== null && roles.indexOf(role) >= roles.indexOf(least);
