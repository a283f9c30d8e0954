ALTER TABLE `senders` ADD `next_departure_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `senders` ADD `resumed_at` integer;