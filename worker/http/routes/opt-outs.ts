import { type Context, Hono } from "hono";
import { loadOptOutFacts, type OptOutFacts } from "../../db/opt-outs.ts";
import { getOptOutUndoMsLeft } from "../../domain/receive/opt-out-undo.ts";
import { getLinkSigner } from "../../links.ts";
import {
  reportWrongPerson,
  type UnsubscribeLink,
  undoUnsubscribe,
  unsubscribe,
} from "../../receive/unsubscribe.ts";
import {
  type OptOutChoice,
  optOutChoices,
  renderOptedOutPage,
  renderOptOutPage,
  renderOptOutUndonePage,
  renderUndoTooLatePage,
  renderUnknownEmailPage,
  renderWrongPersonPage,
} from "../opt-out-pages.ts";
import { renderNotFoundPage } from "../page.ts";
import { findPageLanguage } from "../page-language.ts";
import { allowAnybody } from "../permissions.ts";
import { type AppEnv, readWholeBody } from "../request.ts";

const formBytes = 10_000;

/** Routes of the unsubscribe link in an email. The routes need no API token, cookie or script. */
export const optOutsRoutes = new Hono<AppEnv>()
  /**
   * Shows the effect of unsubscribing. GET changes nothing, because mail filters follow every link.
   */
  .get("/u/:token", allowAnybody, async (c) => {
    const found = await loadLinkAndFacts(c);
    return found === null
      ? c.html(renderNotFoundPage(findPageLanguage(c)), 404)
      : c.html(renderState(c, found.facts));
  })

  /**
   * Unsubscribes the recipient with one POST from a mail program (RFC 8058) or from our page, or
   * carries out another choice of our page. A repeated POST changes nothing.
   */
  .post("/u/:token", allowAnybody, async (c) => {
    const found = await loadLinkAndFacts(c);
    if (found === null) return c.html(renderNotFoundPage(findPageLanguage(c)), 404);
    const { link, facts } = found;
    const language = findPageLanguage(c);
    const choice = await readChoice(c);
    switch (choice) {
      case "unsubscribe":
        return await answerUnsubscribe(c, link, facts);
      case "undo": {
        const isUndone = await undoUnsubscribe(c.get("ctx"), link);
        return isUndone
          ? c.html(renderOptOutUndonePage(facts, language))
          : c.html(renderUndoTooLatePage(facts, language), 409);
      }
      case "wrongPerson": {
        const isStored = await reportWrongPerson(c.get("ctx"), link, facts);
        return isStored
          ? c.html(renderWrongPersonPage(facts, language))
          : c.html(renderUnknownEmailPage(language), 410);
      }
      case null:
        return c.html(renderState(c, facts), 400);
      default:
        return choice satisfies never;
    }
  });

async function answerUnsubscribe(c: Context<AppEnv>, link: UnsubscribeLink, facts: OptOutFacts) {
  const ctx = c.get("ctx");
  const language = findPageLanguage(c);
  if (!(await unsubscribe(ctx, link))) return c.html(renderUnknownEmailPage(language), 410);
  const optedOutAt = facts.optedOutAt ?? (await loadFacts(c, link))?.optedOutAt ?? null;
  return c.html(renderOptedOutPage(facts, getOptOutUndoMsLeft(optedOutAt, ctx.now()), language));
}

function renderState(c: Context<AppEnv>, facts: OptOutFacts): string {
  const undoMs = getOptOutUndoMsLeft(facts.optedOutAt, c.get("ctx").now());
  const language = findPageLanguage(c);
  return facts.optedOutAt === null
    ? renderOptOutPage(facts, language)
    : renderOptedOutPage(facts, undoMs, language);
}

async function loadLinkAndFacts(c: Context<AppEnv>) {
  const signer = await getLinkSigner(c.get("ctx"));
  const link = await signer.readLink("unsubscribe", c.req.param("token") ?? "");
  const facts = link === null ? null : await loadFacts(c, link);
  return link === null || facts === null ? null : { link, facts };
}

function loadFacts(c: Context<AppEnv>, { reference, email }: UnsubscribeLink) {
  return loadOptOutFacts(c.get("ctx").db, { ...reference, email });
}

/**
 * Returns the choice in the posted form; null if the body is not a form with a known choice. RFC
 * 8058 allows urlencoded and multipart forms.
 */
async function readChoice(c: Context<AppEnv>): Promise<OptOutChoice | "unsubscribe" | null> {
  const body = await readWholeBody(c.req.raw, formBytes);
  const contentType = c.req.header("content-type") ?? "";
  try {
    const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
    if (form.get("List-Unsubscribe") === "One-Click") return "unsubscribe";
    return optOutChoices.find((choice) => choice === form.get("choice")) ?? null;
  } catch {
    // The body is not a form, so the caller shows the page again.
    return null;
  }
}
