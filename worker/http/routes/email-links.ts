import { type Context, Hono } from "hono";
import { minuteMs } from "../../../shared/time-lengths.ts";
import type { EventData } from "../../domain/receive/event.ts";
import {
  detectMachineClick,
  detectMachineOpen,
  type MachineSign,
  type RequestSigns,
} from "../../domain/receive/machine.ts";
import { getLinkSigner } from "../../links.ts";
import { hashText } from "../../mail/text-hash.ts";
import type { MessageReference } from "../../providers/provider.ts";
import { buildLinkEvent } from "../../receive/link-event.ts";
import { recordEvents } from "../../receive/record-events.ts";
import { renderNotFoundPage } from "../page.ts";
import { findPageLanguage } from "../page-language.ts";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

const transparentGif = Uint8Array.from(
  atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
  (char) => char.charCodeAt(0),
);

/**
 * Routes of the links and the pixel in an email. The routes need no API token, cookie or script.
 */
export const emailLinksRoutes = new Hono<AppEnv>()
  /**
   * Answers every path with the same image. An error would show a broken image and reveal which
   * tokens are valid.
   */
  .get("/o/:file{.+\\.gif}", allowAnybody, async (c) => {
    const link = await (await getSigner(c)).readLink("open", c.req.param("file").slice(0, -4));
    if (link !== null && isCounted(c)) {
      recordEngagement(c, "opened", link.reference, detectMachineOpen(readRequestSigns(c)), {});
    }
    return c.body(transparentGif, 200, {
      "Content-Type": "image/gif",
      "Cache-Control": "no-store, private",
      "Cross-Origin-Resource-Policy": "cross-origin",
    });
  })

  .get("/c/:token", allowAnybody, async (c) => {
    const links = await getSigner(c);
    const link = await links.readLink("click", c.req.param("token"));
    if (link === null) return answerTrap(c, await links.readLink("trap", c.req.param("token")));
    if (isCounted(c)) {
      recordEngagement(c, "clicked", link.reference, detectMachineClick(readRequestSigns(c)), {
        url: link.url,
      });
    }
    // The signed URL is sent unchanged, because Hono's redirect would encode the URL again.
    return c.body(null, 302, { Location: link.url, "Cache-Control": "no-store" });
  });

/**
 * Answers a click on the hidden trap link, which only programs follow. The click is recorded as
 * automated, and the browser stays on its page.
 */
function answerTrap(
  c: Context<AppEnv>,
  link: { reference: MessageReference } | null,
): Response | Promise<Response> {
  if (link === null) return c.html(renderNotFoundPage(findPageLanguage(c)), 404);
  if (isCounted(c)) recordEngagement(c, "clicked", link.reference, "trap", {});
  return c.body(null, 204, { "Cache-Control": "no-store" });
}

function getSigner(c: Context<AppEnv>) {
  return getLinkSigner(c.get("ctx"));
}

/**
 * Tells whether the request counts as an open or a click. A HEAD request does not count, although
 * Hono runs the GET handler for HEAD.
 */
function isCounted(c: Context<AppEnv>): boolean {
  return c.req.raw.method === "GET";
}

function readRequestSigns(c: Context<AppEnv>): RequestSigns {
  const header = (name: string) => c.req.header(name) ?? null;
  return {
    userAgent: header("user-agent"),
    acceptLanguage: header("accept-language"),
    purpose: header("sec-purpose") ?? header("purpose") ?? header("x-moz"),
    address: header("cf-connecting-ip"),
  };
}

/** Stores the event in the background, so that a slow D1 does not delay the answer. */
function recordEngagement(
  c: Context<AppEnv>,
  kind: "opened" | "clicked",
  reference: MessageReference,
  sign: MachineSign | null,
  data: EventData,
): void {
  const ctx = c.get("ctx");
  const at = ctx.now();
  // Repeats within a minute share a key, which bounds the writes that reloading can cause. An
  // automated event has a different key, so that a person's event is stored too.
  const key = `${sign ?? "person"} ${Math.floor(at / minuteMs)}`;
  const userAgent = c.req.header("user-agent")?.slice(0, 300);
  const details = {
    ...data,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(sign === null ? {} : { machineSign: sign }),
  };
  const store = async () => {
    // The whole URL is hashed, because the links of one email often differ only at their ends.
    const link = data.url === undefined ? "" : ` ${await hashText(data.url)}`;
    const event = buildLinkEvent(kind, reference, {
      occurredAt: at,
      dedupeKey: key + link,
      isMachine: sign !== null,
      data: details,
    });
    await recordEvents(ctx, { tenantId: reference.tenantId, source: "link" }, [event]);
  };
  c.executionCtx.waitUntil(store());
}
