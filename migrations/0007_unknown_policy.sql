ALTER TABLE `messages` ADD `resends` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `unknown_policy` text DEFAULT 'assumeSent' NOT NULL;