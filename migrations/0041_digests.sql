CREATE TABLE `digests` (
	`tenant_id` integer NOT NULL,
	`agent_id` text NOT NULL,
	`cadence` text NOT NULL,
	`reach` text NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `agent_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `digests_due` ON `digests` (`due_at`);