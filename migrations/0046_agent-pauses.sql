ALTER TABLE `agents` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `agents` ADD `paused_by` text;