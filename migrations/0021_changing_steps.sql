CREATE TABLE `step_changes` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`token` text NOT NULL,
	`undo_until` integer NOT NULL,
	`version` integer NOT NULL,
	`steps_before` text NOT NULL,
	`moves` text NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
ALTER TABLE `campaign_steps` ADD `position` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_steps` ADD `removed_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `steps_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE `campaign_steps` SET `position` = `step_number`;--> statement-breakpoint
UPDATE `campaign_recipients` SET `next_step` = 256 WHERE NOT EXISTS (
  SELECT 1 FROM `campaign_steps` s
  WHERE s.`campaign_id` = `campaign_recipients`.`campaign_id` AND s.`step_number` = `campaign_recipients`.`next_step`);
