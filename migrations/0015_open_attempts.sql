ALTER TABLE `messages` ADD `ask_at` integer;--> statement-breakpoint
CREATE INDEX `messages_to_ask` ON `messages` (`ask_at`) WHERE ask_at IS NOT NULL;