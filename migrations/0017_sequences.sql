CREATE TABLE `sequences` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`preset_id` text,
	`type` text NOT NULL,
	`steps` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`owned_by` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `sequences_tenant` ON `sequences` (`tenant_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sequences_preset` ON `sequences` (`tenant_id`,`preset_id`) WHERE preset_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `sequence_id` text;--> statement-breakpoint
CREATE INDEX `campaigns_sequence` ON `campaigns` (`tenant_id`,`sequence_id`,`id`) WHERE sequence_id IS NOT NULL;