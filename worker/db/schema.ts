import * as accounts from "./schema/accounts.ts";
import * as campaigns from "./schema/campaigns.ts";
import * as events from "./schema/events.ts";
import * as figures from "./schema/figures.ts";
import * as hostWebhooks from "./schema/host-webhooks.ts";
import * as letters from "./schema/letters.ts";
import * as messages from "./schema/messages.ts";
import * as operations from "./schema/operations.ts";
import * as properties from "./schema/properties.ts";
import * as recipients from "./schema/recipients.ts";
import * as replies from "./schema/replies.ts";
import * as sequences from "./schema/sequences.ts";
import * as starts from "./schema/starts.ts";
import * as steps from "./schema/steps.ts";
import * as suppressions from "./schema/suppressions.ts";
import * as tenants from "./schema/tenants.ts";

/**
 * All tables, by the name of their constant.
 *
 * D1 bills rows written, and every index entry is a row. So a table has an index only if a frequent
 * query needs the index, and tables with a composite key have no rowid. Instants are integer
 * milliseconds UTC. Recipient ids come from ranges (see db/recipient-ranges.ts), and other integer
 * ids from `Ctx.newId()`. No id is reused, so a link in an old email can't lead to another person.
 */
export const schema = {
  ...accounts,
  ...campaigns,
  ...events,
  ...figures,
  ...hostWebhooks,
  ...letters,
  ...messages,
  ...operations,
  ...properties,
  ...recipients,
  ...replies,
  ...sequences,
  ...starts,
  ...steps,
  ...suppressions,
  ...tenants,
};
