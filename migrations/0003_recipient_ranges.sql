-- The recipients' table is made anew. D1 enforces foreign keys while it migrates, and dropping a table deletes what
-- points at its rows, so messages and tasks are moved to tables that point at the new one first; renaming it takes
-- their references along.
CREATE TABLE `recipient_ranges` (
	`id` integer PRIMARY KEY NOT NULL,
	`next_first_id` integer NOT NULL,
	CONSTRAINT "recipient_ranges_single" CHECK("recipient_ranges"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_campaign_recipients` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`sender_id` integer NOT NULL,
	`turn` integer DEFAULT 0 NOT NULL,
	`property_id` text,
	`email` text,
	`name` text DEFAULT '' NOT NULL,
	`contact_key` text,
	`time_zone` text,
	`time_zone_source` text,
	`snoozed_until` integer,
	`allows_late` integer DEFAULT false NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`stop_reason` text,
	`next_step` integer DEFAULT 1 NOT NULL,
	`due_at` integer,
	`scheduled_at` integer,
	`lease` integer,
	`last_sent_at` integer,
	`send_now` integer DEFAULT false NOT NULL,
	`lane` integer GENERATED ALWAYS AS ((next_step = 1 AND send_now = 0) * 4 + (turn >= 10) + (turn >= 100) + (turn >= 1000)) VIRTUAL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_campaign_recipients`("id", "tenant_id", "campaign_id", "sender_id", "turn", "property_id", "email", "name", "contact_key", "time_zone", "time_zone_source", "snoozed_until", "allows_late", "status", "stop_reason", "next_step", "due_at", "scheduled_at", "lease", "last_sent_at", "send_now", "data", "created_at") SELECT "id", "tenant_id", "campaign_id", "sender_id", "turn", "property_id", "email", "name", "contact_key", "time_zone", "time_zone_source", "snoozed_until", "allows_late", "status", "stop_reason", "next_step", "due_at", "scheduled_at", "lease", "last_sent_at", "send_now", "data", "created_at" FROM `campaign_recipients`;--> statement-breakpoint
CREATE TABLE `__new_messages` (
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`status` text NOT NULL,
	`skip_reason` text,
	`failure_reason` text,
	`failure` text,
	`subject` text,
	`variant` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`attempt_id` integer,
	`provider_account_id` integer,
	`provider_message_id` text,
	`attempted_at` integer,
	`sent_at` integer,
	PRIMARY KEY(`recipient_id`, `step_number`),
	FOREIGN KEY (`recipient_id`) REFERENCES `__new_campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `__new_messages`("recipient_id", "step_number", "tenant_id", "campaign_id", "status", "skip_reason", "failure_reason", "failure", "subject", "variant", "attempts", "attempt_id", "provider_account_id", "provider_message_id", "attempted_at", "sent_at") SELECT "recipient_id", "step_number", "tenant_id", "campaign_id", "status", "skip_reason", "failure_reason", "failure", "subject", "variant", "attempts", "attempt_id", "provider_account_id", "provider_message_id", "attempted_at", "sent_at" FROM `messages`;--> statement-breakpoint
CREATE TABLE `__new_tasks` (
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`opened_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`outcome` text,
	`closed_at` integer,
	`closed_by` text,
	`note` text,
	PRIMARY KEY(`recipient_id`, `step_number`),
	FOREIGN KEY (`recipient_id`) REFERENCES `__new_campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `__new_tasks`("recipient_id", "step_number", "tenant_id", "campaign_id", "kind", "opened_at", "expires_at", "outcome", "closed_at", "closed_by", "note") SELECT "recipient_id", "step_number", "tenant_id", "campaign_id", "kind", "opened_at", "expires_at", "outcome", "closed_at", "closed_by", "note" FROM `tasks`;--> statement-breakpoint
DROP TABLE `messages`;--> statement-breakpoint
DROP TABLE `tasks`;--> statement-breakpoint
DROP TABLE `campaign_recipients`;--> statement-breakpoint
ALTER TABLE `__new_campaign_recipients` RENAME TO `campaign_recipients`;--> statement-breakpoint
ALTER TABLE `__new_messages` RENAME TO `messages`;--> statement-breakpoint
ALTER TABLE `__new_tasks` RENAME TO `tasks`;--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_recipients_email` ON `campaign_recipients` (`tenant_id`,`email`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_recipients_due` ON `campaign_recipients` (`sender_id`,`lane`,`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_recipients_property` ON `campaign_recipients` (`tenant_id`,`property_id`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`tenant_id`,`opened_at`) WHERE outcome IS NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `first_recipient_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `last_recipient_id` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- New ranges begin at 2^52, beyond every id there is. Campaigns without recipients get one of those.
INSERT INTO `recipient_ranges` (`id`, `next_first_id`) VALUES (1, 4503599627370496 + 16384 * (SELECT count(*) FROM `campaigns`));--> statement-breakpoint
UPDATE `campaigns` SET `first_recipient_id` = e.first, `last_recipient_id` = e.first + 16383
FROM (SELECT `id`, 4503599627370496 + 16384 * (row_number() OVER (ORDER BY `id`) - 1) AS first FROM `campaigns`) e
WHERE e.`id` = `campaigns`.`id`;--> statement-breakpoint
-- Recipients keep their ids, which links in sent emails carry: their campaigns' ranges go from the first to as far as the
-- next id that is another campaign's, so that there is room for more.
UPDATE `campaigns` SET `first_recipient_id` = o.first,
  `last_recipient_id` = coalesce((SELECT min(r.`id`) FROM `campaign_recipients` r WHERE r.`id` > o.last), 4503599627370496) - 1
FROM (SELECT `campaign_id`, min(`id`) AS first, max(`id`) AS last FROM `campaign_recipients` GROUP BY `campaign_id`) o
WHERE o.`campaign_id` = `campaigns`.`id`;
