import type { Hono, MiddlewareHandler } from "hono";
import { type Role, roles } from "../../shared/vocabulary.ts";
import { AppError } from "../domain/errors.ts";
import type { AppEnv } from "./request.ts";
import type { Session } from "./session.ts";

/**
 * The sessions that may use a route. No field has a default, so each route states all three fields.
 */
export type Permission = {
  /** The lowest role that may use the route. */
  role: Role;
  /**
   * `none`: the route concerns no property. `own`: the handler returns and changes only rows of
   * properties that the session sees, by the functions of access.ts. `every`: the session must see
   * all properties.
   */
  property: "none" | "own" | "every";
  /** `anyone`: all agents of the tenant may use a row, whichever agent created the row. */
  owner: "anyone";
};

const declarations = new WeakMap<object, Permission | "public">();

/** Tells whether the session has this role or a higher role. */
export function hasRole(session: Pick<Session, "role">, role: Role): boolean {
  return roles.indexOf(session.role) >= roles.indexOf(role);
}

/**
 * Returns middleware that declares who may use a route and refuses every other session.
 * @throws AppError forbidden
 */
export function requires(permission: Permission): MiddlewareHandler<AppEnv> {
  const { role, property } = permission;
  const declaration: MiddlewareHandler<AppEnv> = async (c, next) => {
    const session = c.get("session");
    if (!hasRole(session, role)) {
      throw new AppError("forbidden", `This requires the role ${role}.`);
    }
    if (property === "every" && session.properties !== null) {
      throw new AppError("forbidden", "This requires a token that covers every property.");
    }
    await next();
  };
  declarations.set(declaration, permission);
  return declaration;
}

/**
 * Declares a route that needs no token, such as a link in an email, a webhook or a health check.
 */
export const allowAnybody: MiddlewareHandler<AppEnv> = (_c, next) => next();
declarations.set(allowAnybody, "public");

/**
 * Returns the permission that a handler declares; undefined if the handler declares no permission.
 */
export function findPermission(handler: object): Permission | "public" | undefined {
  return declarations.get(handler);
}

/**
 * Checks that every route declares its permission before any other handler, so that no route is
 * public by mistake.
 * @param middleware the handlers that are not routes
 * @throws Error with the first undeclared route, which keeps the Worker from starting
 */
export function refuseUndeclaredRoutes(
  app: Hono<AppEnv>,
  middleware: readonly MiddlewareHandler<AppEnv>[],
): void {
  const declared = new Set<string>();
  for (const { method, path, handler } of app.routes) {
    if (middleware.includes(handler)) continue;
    const route = `${method} ${path}`;
    if (findPermission(handler) !== undefined) declared.add(route);
    else if (!declared.has(route)) throw new Error(`${route} does not declare who may use it`);
  }
}
