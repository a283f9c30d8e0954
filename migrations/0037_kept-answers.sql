CREATE TABLE `kept_answers` (
	`tenant_id` integer NOT NULL,
	`key` text NOT NULL,
	`stamp` text NOT NULL,
	`answer` text NOT NULL,
	`counted_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`)
) STRICT, WITHOUT ROWID;
