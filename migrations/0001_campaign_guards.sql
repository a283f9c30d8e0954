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
CREATE TABLE `webhook_posts` (
	`day` text NOT NULL,
	`account_id` integer NOT NULL,
	`token` text NOT NULL,
	`tenant_id` integer NOT NULL,
	`body_hash` text NOT NULL,
	PRIMARY KEY(`day`, `account_id`, `token`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `__new_campaign_steps` (
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
	`variants` text DEFAULT '[]' NOT NULL,
	PRIMARY KEY(`campaign_id`, `step_number`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`template_id`) REFERENCES `email_templates`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_campaign_steps`("campaign_id", "step_number", "tenant_id", "template_id", "template_version", "delay_days", "delay_hours", "delay_business_days", "send_time_hour", "conditions", "variants") SELECT "campaign_id", "step_number", "tenant_id", "template_id", "template_version", "delay_days", "delay_hours", "delay_business_days", "send_time_hour", "conditions", "variants" FROM `campaign_steps`;--> statement-breakpoint
DROP TABLE `campaign_steps`;--> statement-breakpoint
ALTER TABLE `__new_campaign_steps` RENAME TO `campaign_steps`;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `ignores_collisions` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `email_template_versions` ADD `preheader` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `circuit_failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `circuit_open_until` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `verified_domains` text;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `domains_checked_at` integer;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `suppressions_synced_at` integer;--> statement-breakpoint
ALTER TABLE `provider_accounts` ADD `webhooks_registered_at` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `equal_housing_line` text DEFAULT 'Equal Housing Opportunity';--> statement-breakpoint
ALTER TABLE `tenants` ADD `collision_policy` text DEFAULT 'hold' NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `cool_off_hours` integer DEFAULT 24 NOT NULL;