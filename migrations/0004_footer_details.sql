ALTER TABLE `campaign_recipients` ADD `property_state` text;--> statement-breakpoint
ALTER TABLE `senders` ADD `licensed_name` text;--> statement-breakpoint
ALTER TABLE `senders` ADD `license_type` text;--> statement-breakpoint
ALTER TABLE `senders` ADD `license_number` text;--> statement-breakpoint
ALTER TABLE `senders` ADD `license_state` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `licensed_name` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `office_phone` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `office_city` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `office_state` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `office_website` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `iabs_link` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `relationship_form_link` text;--> statement-breakpoint
UPDATE `senders` SET `license_number` = `license`;