import { SignJWT } from "jose";
import { z } from "zod";
import { propertyId } from "../../shared/property.ts";
import { roles } from "../../shared/vocabulary.ts";
import type { DemoBindings } from "./env.ts";

/**
 * The body of a request for a token. If `propertyId` is null, the token is for the Outreach
 * page, which shows every property.
 */
export const tokenInput = z
  .object({ role: z.enum(roles).default("agent"), propertyId: propertyId.nullable() })
  .strict();

/** The two people of the demo's office: an agent and a team lead. */
const alex = { id: "agent-alex", name: "Alex Morgan", email: "alex@demo-realty.example" };
const lead = { id: "lead-jordan", name: "Jordan Reyes", email: "jordan@demo-realty.example" };

/**
 * Signs a five-minute token for the signed-in agent, as a CRM's backend does. The page never gets
 * the signing secret.
 */
export async function signToken(
  env: DemoBindings,
  input: z.output<typeof tokenInput>,
  now: number,
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const agent = input.role === "teamLead" || input.role === "admin" ? lead : alex;
  return new SignJWT({
    tid: Number(env.DEMO_TENANT_ID),
    role: input.role,
    prop: input.propertyId === null ? "*" : [input.propertyId],
    name: agent.name,
    email: agent.email,
    team: "Downtown",
  })
    .setProtectedHeader({ alg: "HS256", kid: env.DEMO_KEY_ID, typ: "JWT" })
    .setIssuer(env.DEMO_ISSUER)
    .setAudience("doorknock")
    .setSubject(agent.id)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(new TextEncoder().encode(env.DEMO_SIGNING_SECRET));
}
