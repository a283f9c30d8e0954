import { type Context, Hono } from "hono";
import type { EventData, NormalizedEvent } from "../../domain/receive/event.ts";
import {
  detectMachineClick,
  detectMachineOpen,
  type MachineSign,
  type RequestSigns,
} from "../../domain/receive/machine.ts";
import { createSigner } from "../../links.ts";
import type { MessageReference } from "../../providers/provider.ts";
import { takeIn } from "../../receive/enqueue.ts";
import { ingest } from "../../receive/ingest.ts";
import { confirmPage, donePage, notFoundPage } from "../pages.ts";
import { isPublic } from "../permissions.ts";
import { type AppEnv, readBytes } from "../request.ts";

const gif = Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (char) =>
  char.charCodeAt(0),
);
const formBytes = 10_000;
const minuteMs = 60_000;

/** What leads back from an email. No token, no cookie and no script are asked of whoever reads one. */
export const tracking = new Hono<AppEnv>()
  /** Always an image, whoever asks for whatever: a broken one would show, and an error would be an oracle. */
  .get("/o/:file{.+\\.gif}", isPublic, async (c) => {
    const link = await (await linksOf(c)).readLink("open", c.req.param("file").slice(0, -4));
    if (link !== null && isCounted(c)) {
      record(c, "opened", link.reference, detectMachineOpen(signsOf(c)), {});
    }
    return c.body(gif, 200, {
      "Content-Type": "image/gif",
      "Cache-Control": "no-store, private",
      "Cross-Origin-Resource-Policy": "cross-origin",
    });
  })

  .get("/c/:token", isPublic, async (c) => {
    const links = await linksOf(c);
    const link = await links.readLink("click", c.req.param("token"));
    if (link === null) return answerTrap(c, await links.readLink("trap", c.req.param("token")));
    if (isCounted(c)) {
      record(c, "clicked", link.reference, detectMachineClick(signsOf(c)), { url: link.url });
    }
    // Written as it was signed: the router's own redirect would encode it again.
    return c.body(null, 302, { Location: link.url, "Cache-Control": "no-store" });
  })

  /** Asks, and changes nothing: mail filters follow every link in an email. */
  .get("/u/:token", isPublic, async (c) => {
    const link = await (await linksOf(c)).readLink("unsubscribe", c.req.param("token"));
    return link === null ? c.html(notFoundPage, 404) : c.html(confirmPage);
  })

  /** RFC 8058: one POST does it, from a mail program or from the page's own button, and doing it twice changes nothing. */
  .post("/u/:token", isPublic, async (c) => {
    const link = await (await linksOf(c)).readLink("unsubscribe", c.req.param("token"));
    if (link === null) return c.html(notFoundPage, 404);
    if (!(await isOneClick(c))) return c.html(confirmPage, 400);
    const ctx = c.get("ctx");
    await ingest(ctx, {
      kind: "events",
      tenantId: link.reference.tenantId,
      source: "link",
      receivedAt: ctx.now(),
      events: [eventOf("unsubscribed", link.reference, ctx.now(), "oneClick", false, {})],
    });
    return c.html(donePage);
  });

/** The link nobody sees: kept as a machine's click, and whoever does follow it stays where they are. */
function answerTrap(
  c: Context<AppEnv>,
  link: { reference: MessageReference } | null,
): Response | Promise<Response> {
  if (link === null) return c.html(notFoundPage, 404);
  if (isCounted(c)) record(c, "clicked", link.reference, "trap", {});
  return c.body(null, 204, { "Cache-Control": "no-store" });
}

function linksOf(c: Context<AppEnv>) {
  return createSigner(c.get("ctx"));
}

/** Hono answers HEAD from GET's handler; asking whether something is there is not looking at it. */
function isCounted(c: Context<AppEnv>): boolean {
  return c.req.raw.method === "GET";
}

function signsOf(c: Context<AppEnv>): RequestSigns {
  const header = (name: string) => c.req.header(name) ?? null;
  return {
    userAgent: header("user-agent"),
    acceptLanguage: header("accept-language"),
    purpose: header("sec-purpose") ?? header("purpose") ?? header("x-moz"),
    address: header("cf-connecting-ip"),
  };
}

/** After the answer has gone: nobody waits for an image because D1 is slow. */
function record(
  c: Context<AppEnv>,
  kind: "opened" | "clicked",
  reference: MessageReference,
  sign: MachineSign | null,
  data: EventData,
): void {
  const ctx = c.get("ctx");
  const at = ctx.now();
  // Who looks again within the minute is still looking; it bounds what reloading an image can write. A machine's key is
  // its own: one that comes in the same minute takes nothing from a person.
  const key = `${sign ?? "person"} ${Math.floor(at / minuteMs)} ${data.url ?? ""}`.slice(0, 200);
  const userAgent = c.req.header("user-agent")?.slice(0, 300);
  const event = eventOf(kind, reference, at, key, sign !== null, {
    ...data,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(sign === null ? {} : { machineSign: sign }),
  });
  c.executionCtx.waitUntil(takeIn(ctx, { tenantId: reference.tenantId, source: "link" }, [event]));
}

function eventOf(
  kind: NormalizedEvent["kind"],
  { recipientId, stepNumber }: MessageReference,
  occurredAt: number,
  dedupeKey: string,
  isMachine: boolean,
  data: EventData,
): NormalizedEvent {
  return {
    kind,
    recipientId,
    stepNumber,
    email: null,
    occurredAt,
    dedupeKey,
    isMachine,
    messageId: null,
    providerMessageId: null,
    data,
  };
}

/** Urlencoded or multipart, as RFC 8058 allows both. */
async function isOneClick(c: Context<AppEnv>): Promise<boolean> {
  const body = await readBytes(c.req.raw, formBytes);
  const contentType = c.req.header("content-type") ?? "";
  try {
    const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
    return form.get("List-Unsubscribe") === "One-Click";
  } catch {
    // Not a form, so not what was asked for; the answer says what to do.
    return false;
  }
}
