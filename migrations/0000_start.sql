CREATE TABLE `account_blocks` (
	`account_id` integer NOT NULL,
	`hour` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`blocks` integer NOT NULL,
	PRIMARY KEY(`account_id`, `hour`),
	FOREIGN KEY (`account_id`) REFERENCES `provider_accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `campaign_recipients` (
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
	`next_is_task` integer DEFAULT false NOT NULL,
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
CREATE UNIQUE INDEX `campaign_recipients_email` ON `campaign_recipients` (`tenant_id`,`email`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_recipients_due` ON `campaign_recipients` (`sender_id`,`lane`,`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_recipients_property` ON `campaign_recipients` (`tenant_id`,`property_id`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_recipients_tasks` ON `campaign_recipients` (`due_at`) WHERE next_is_task = 1 AND due_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `campaign_steps` (
	`campaign_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`kind` text DEFAULT 'email' NOT NULL,
	`task` text,
	`template_id` integer,
	`template_version` integer,
	`delay_days` integer DEFAULT 0 NOT NULL,
	`delay_hours` integer DEFAULT 0 NOT NULL,
	`delay_business_days` integer DEFAULT 0 NOT NULL,
	`send_time_hour` integer,
	`conditions` text DEFAULT '{}' NOT NULL,
	`starts_thread` integer DEFAULT false NOT NULL,
	`variants` text DEFAULT '[]' NOT NULL,
	PRIMARY KEY(`campaign_id`, `step_number`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`template_id`) REFERENCES `email_templates`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`property_id` text,
	`sender_id` integer NOT NULL,
	`reply_to` text,
	`send_window` text,
	`time_zone` text,
	`start_at` integer,
	`end_at` integer,
	`jitter_minutes` integer DEFAULT 0 NOT NULL,
	`skips_holidays` integer DEFAULT false NOT NULL,
	`max_lateness_hours` integer DEFAULT 72 NOT NULL,
	`ignores_collisions` integer DEFAULT false NOT NULL,
	`recall_until` integer,
	`pause_reason` text,
	`paused_at` integer,
	`resumed_at` integer,
	`guard_baseline` text,
	`exit_statuses` text DEFAULT '[]' NOT NULL,
	`other_sender_ids` text DEFAULT '[]' NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`metadata` text DEFAULT '{}' NOT NULL,
	`unknown_policy` text DEFAULT 'assumeSent' NOT NULL,
	`first_recipient_id` integer NOT NULL,
	`last_recipient_id` integer NOT NULL,
	`created_by` text NOT NULL,
	`idempotency_key` text,
	`request_hash` text,
	`created_at` integer NOT NULL,
	`launched_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sender_id`) REFERENCES `senders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `campaigns_property` ON `campaigns` (`tenant_id`,`property_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_idempotency` ON `campaigns` (`tenant_id`,`idempotency_key`) WHERE idempotency_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `campaigns_ending` ON `campaigns` (`end_at`) WHERE status = 'active' AND end_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` integer,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `email_template_versions` (
	`template_id` integer NOT NULL,
	`version` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`subject` text NOT NULL,
	`preheader` text DEFAULT '' NOT NULL,
	`body_html` text NOT NULL,
	`body_text` text NOT NULL,
	`variables` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`template_id`, `version`),
	FOREIGN KEY (`template_id`) REFERENCES `email_templates`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `email_templates` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`preset_key` text,
	`tags` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `email_templates_tenant` ON `email_templates` (`tenant_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_templates_preset` ON `email_templates` (`tenant_id`,`preset_key`) WHERE preset_key IS NOT NULL AND deleted_at IS NULL;--> statement-breakpoint
CREATE TABLE `events` (
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`kind` text NOT NULL,
	`is_machine` integer DEFAULT false NOT NULL,
	`dedupe_key` text NOT NULL,
	`tenant_id` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`batch_id` integer NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	PRIMARY KEY(`recipient_id`, `step_number`, `kind`, `is_machine`, `tenant_id`, `dedupe_key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `messages` (
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
	`deferred_ms` integer DEFAULT 0 NOT NULL,
	`attempt_id` integer,
	`provider_account_id` integer,
	`provider_message_id` text,
	`attempted_at` integer,
	`sent_at` integer,
	PRIMARY KEY(`recipient_id`, `step_number`),
	FOREIGN KEY (`recipient_id`) REFERENCES `campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`provider_account_id` integer NOT NULL,
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`to_email` text NOT NULL,
	`subject` text NOT NULL,
	`raw` text NOT NULL,
	`sent_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `properties` (
	`tenant_id` integer NOT NULL,
	`property_id` text NOT NULL,
	`standard_status` text,
	`list_price` integer,
	`previous_list_price` integer,
	`price_changed_at` integer,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `property_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `provider_accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`provider` text NOT NULL,
	`name` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`is_paused` integer DEFAULT false NOT NULL,
	`pause_reason` text,
	`paused_at` integer,
	`circuit_failures` integer DEFAULT 0 NOT NULL,
	`circuit_open_until` integer DEFAULT 0 NOT NULL,
	`verified_domains` text,
	`domains_checked_at` integer,
	`suppressions_synced_at` integer,
	`webhooks_registered_at` integer,
	`sealed_credentials` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `provider_accounts_tenant` ON `provider_accounts` (`tenant_id`,`priority`);--> statement-breakpoint
CREATE TABLE `recipient_ranges` (
	`id` integer PRIMARY KEY NOT NULL,
	`next_first_id` integer NOT NULL,
	CONSTRAINT "recipient_ranges_single" CHECK("recipient_ranges"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `sender_domain_days` (
	`sender_id` integer NOT NULL,
	`domain` text NOT NULL,
	`day` text NOT NULL,
	`slots` integer NOT NULL,
	PRIMARY KEY(`sender_id`, `domain`, `day`),
	FOREIGN KEY (`sender_id`) REFERENCES `senders`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `senders` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`from_name` text NOT NULL,
	`from_email` text NOT NULL,
	`reply_to` text,
	`phone` text,
	`license` text,
	`time_zone` text NOT NULL,
	`is_paused` integer DEFAULT false NOT NULL,
	`interval_ms` integer NOT NULL,
	`min_gap_seconds` integer DEFAULT 0 NOT NULL,
	`daily_cap` integer,
	`ramp` text,
	`domain_daily_cap` integer,
	`next_slot_at` integer DEFAULT 0 NOT NULL,
	`cap_day` text DEFAULT '' NOT NULL,
	`slots_today` integer DEFAULT 0 NOT NULL,
	`next_departure_at` integer DEFAULT 0 NOT NULL,
	`resumed_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `senders_from` ON `senders` (`tenant_id`,`from_email`);--> statement-breakpoint
CREATE TABLE `step_stats` (
	`campaign_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`name` text NOT NULL,
	`tenant_id` integer NOT NULL,
	`value` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `step_number`, `name`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`tenant_id` integer NOT NULL,
	`email` text NOT NULL,
	`reason` text NOT NULL,
	`source` text NOT NULL,
	`evidence` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `email`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tasks` (
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
	FOREIGN KEY (`recipient_id`) REFERENCES `campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`tenant_id`,`opened_at`) WHERE outcome IS NULL;--> statement-breakpoint
CREATE TABLE `tenant_keys` (
	`kid` text PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`algorithm` text NOT NULL,
	`issuer` text NOT NULL,
	`sealed_secret` text,
	`jwks_url` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text DEFAULT 'America/New_York' NOT NULL,
	`postal_address` text NOT NULL,
	`license` text,
	`equal_housing_line` text DEFAULT 'Equal Housing Opportunity',
	`collision_policy` text DEFAULT 'hold' NOT NULL,
	`cool_off_hours` integer DEFAULT 24 NOT NULL,
	`allowed_origins` text DEFAULT '[]' NOT NULL,
	`holidays` text DEFAULT '[]' NOT NULL,
	`stopped_at` integer,
	`resumed_at` integer,
	`metadata` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `test_sends` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`sent` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `ticks` (
	`id` integer PRIMARY KEY NOT NULL,
	`ticked_at` integer NOT NULL,
	`claimed` integer NOT NULL,
	`running_since` integer,
	CONSTRAINT "ticks_single" CHECK("ticks"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `webhook_posts` (
	`day` text NOT NULL,
	`account_id` integer NOT NULL,
	`token` text NOT NULL,
	`tenant_id` integer NOT NULL,
	`body_hash` text NOT NULL,
	PRIMARY KEY(`day`, `account_id`, `token`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Written by hand, since the generator makes no rows. `reserveRange` only updates this row.
-- The first range begins at 2^52.
INSERT INTO `recipient_ranges` (`id`, `next_first_id`) VALUES (1, 4503599627370496);
