CREATE TABLE `reply_readings` (
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`dedupe_key` text NOT NULL,
	`tenant_id` integer NOT NULL,
	`kind` text,
	`away_until` text,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`recipient_id`, `step_number`, `dedupe_key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `campaign_recipients` ADD `stopped_from` text;