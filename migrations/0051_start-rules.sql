CREATE TABLE `start_proposals` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`property_id` text NOT NULL,
	`status` text NOT NULL,
	`since` integer NOT NULL,
	`people` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`refusal` text,
	`campaign_id` integer,
	`is_by_rule` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `start_proposals_change` ON `start_proposals` (`tenant_id`,`property_id`,`status`,`since`);--> statement-breakpoint
CREATE INDEX `start_proposals_waiting` ON `start_proposals` (`tenant_id`,`id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `start_proposals_by_rule` ON `start_proposals` (`tenant_id`,`status`,`decided_at`) WHERE is_by_rule = 1;--> statement-breakpoint
CREATE TABLE `start_rules` (
	`tenant_id` integer NOT NULL,
	`status` text NOT NULL,
	`sequence_id` text NOT NULL,
	`sender_id` integer NOT NULL,
	`mode` text NOT NULL,
	`daily_limit` integer NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `status`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
