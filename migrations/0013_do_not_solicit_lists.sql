CREATE TABLE `do_not_solicit_entries` (
	`tenant_id` integer NOT NULL,
	`key` text NOT NULL,
	`list_id` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`, `list_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `do_not_solicit_lists` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`city` text,
	`as_of` text NOT NULL,
	`lines` integer NOT NULL,
	`imported_at` integer NOT NULL,
	`imported_by` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `do_not_solicit_lists_name` ON `do_not_solicit_lists` (`tenant_id`,`name`);--> statement-breakpoint
ALTER TABLE `campaign_recipients` ADD `address_keys` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `record` text;