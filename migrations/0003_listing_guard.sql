ALTER TABLE `campaign_recipients` ADD `consent` text;--> statement-breakpoint
ALTER TABLE `properties` ADD `listing` text;--> statement-breakpoint
ALTER TABLE `properties` ADD `listing_revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `properties` ADD `check_asked_at` integer;--> statement-breakpoint
CREATE INDEX `properties_check` ON `properties` (`tenant_id`,`check_asked_at`) WHERE check_asked_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `listing_guard` text DEFAULT '{}' NOT NULL;