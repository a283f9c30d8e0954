DROP TABLE `step_stats`;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `guard_watch` integer DEFAULT false NOT NULL;