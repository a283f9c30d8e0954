CREATE TABLE `removed_recipients` (
	`campaign_id` integer NOT NULL,
	`token` text NOT NULL,
	`recipient_id` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`removed_at` integer NOT NULL,
	`recipient` text NOT NULL,
	`wordings` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `token`, `recipient_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
