import type { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { templateApprovalInput } from "../../shared/template-approval.ts";
import {
  listCampaignLetters,
  listPersonalLettersOfCampaign,
  type StepLetter,
} from "../db/campaign-letters.ts";
import { findCampaign } from "../db/campaigns.ts";
import type { HashedLetter } from "../db/template-approvals.ts";
import { findTenant } from "../db/tenants.ts";
import { buildCampaignSequence, type SequenceContent } from "../domain/sequence-content.ts";
import { buildWordingCheckOptions, checkWording } from "../mail/template/check.ts";
import { checkPersonalWording } from "../mail/template/personal-wording.ts";
import { getRequestScope } from "./access.ts";
import { hashLetter } from "./letter-hash.ts";
import { createNotFoundError, type HttpContext } from "./request.ts";
import { findUsableSequence, listPresetSequences } from "./sequences.ts";
import { seesProperty } from "./session.ts";

type Input = z.output<typeof templateApprovalInput>;
type NamedLetter = Omit<HashedLetter, "hash">;

/**
 * Returns the letters to which a request for approval refers, each once, at most
 * `limits.lettersPerApproval`.
 * @throws AppError notFound if there is no such sequence or campaign
 */
export async function listLettersForApproval(c: HttpContext, input: Input): Promise<HashedLetter[]> {
  const letters = [
    ...(input.sequenceId === undefined ? [] : await listSequenceLetters(c, input.sequenceId)),
    ...(input.campaignId === undefined ? [] : await listLettersOfCampaign(c, input.campaignId)),
    ...(input.presets === true ? await listPresetLetters(c) : []),
    ...(await listGivenLetters(c, input)),
  ];
  const hashed = await Promise.all(
    letters.slice(0, limits.lettersPerApproval).map(async (letter) => ({
      ...letter,
      bodyHtml: checkWording(letter).bodyHtml,
      hash: await hashLetter(letter),
    })),
  );
  return [...new Map(hashed.map((letter) => [letter.hash, letter])).values()];
}

const listContentLetters = (content: SequenceContent): NamedLetter[] =>
  buildCampaignSequence(content).templates.map(({ name, subject, preheader, bodyHtml, bodyText }) => ({
    name,
    subject,
    preheader,
    bodyHtml,
    bodyText,
  }));

async function listSequenceLetters(c: HttpContext, id: string): Promise<NamedLetter[]> {
  const found = await findUsableSequence(getRequestScope(c), id);
  if (found === null) throw createNotFoundError();
  return listContentLetters(found.content);
}

async function listPresetLetters(c: HttpContext): Promise<NamedLetter[]> {
  const found = await listPresetSequences(getRequestScope(c));
  return found.flatMap(({ content }) => listContentLetters(content));
}

async function listLettersOfCampaign(c: HttpContext, id: number): Promise<NamedLetter[]> {
  const { scope } = getRequestScope(c);
  const campaign = await findCampaign(scope, id);
  if (campaign === undefined || !seesProperty(c.get("session"), campaign.propertyId))
    throw createNotFoundError();
  const [letters, personal] = await Promise.all([
    listCampaignLetters(scope, id),
    listPersonalLettersOfCampaign(scope, id, limits.lettersPerApproval),
  ]);
  return [...letters, ...personal].map((letter) =>
    nameLetter(letter, `${campaign.name}: email ${letter.stepNumber}`),
  );
}

async function listGivenLetters(c: HttpContext, { letters, name }: Input): Promise<NamedLetter[]> {
  if (letters.length === 0) return [];
  const options = buildWordingCheckOptions(await findTenant(getRequestScope(c).scope));
  return letters.map((given) => {
    const { wording } = checkPersonalWording(given, options);
    return nameLetter({ ...wording, subject: wording.subject ?? "" }, name ?? "A changed email");
  });
}

const nameLetter = (
  { subject, preheader, bodyHtml, bodyText }: Omit<StepLetter, "stepNumber">,
  name: string,
): NamedLetter => ({ name: name.slice(0, limits.nameLength), subject, preheader, bodyHtml, bodyText });
