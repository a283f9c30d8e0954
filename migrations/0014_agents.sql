CREATE TABLE `agents` (
	`tenant_id` integer NOT NULL,
	`agent_id` text NOT NULL,
	`name` text,
	`email` text,
	`team` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `agent_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
