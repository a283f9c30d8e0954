ALTER TABLE `campaign_steps` ADD `winner_after` integer;--> statement-breakpoint
ALTER TABLE `campaign_steps` ADD `winner_due_at` integer;--> statement-breakpoint
ALTER TABLE `campaign_steps` ADD `winner_since` integer;--> statement-breakpoint
ALTER TABLE `campaign_steps` ADD `winner` text;--> statement-breakpoint
CREATE INDEX `campaign_steps_by_winner` ON `campaign_steps` (`winner_due_at`) WHERE winner_due_at IS NOT NULL;