ALTER TABLE `messages` ADD `says_last` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `last_note_days` integer DEFAULT 180 NOT NULL;