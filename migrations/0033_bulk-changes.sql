CREATE TABLE `bulk_changes` (
	`campaign_id` integer NOT NULL,
	`token` text NOT NULL,
	`part` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`agent_id` text NOT NULL,
	`undo_until` integer NOT NULL,
	`change` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `token`, `part`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
