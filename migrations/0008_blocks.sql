CREATE TABLE `account_blocks` (
	`account_id` integer NOT NULL,
	`hour` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`blocks` integer NOT NULL,
	PRIMARY KEY(`account_id`, `hour`),
	FOREIGN KEY (`account_id`) REFERENCES `provider_accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
