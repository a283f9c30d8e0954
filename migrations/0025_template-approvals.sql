CREATE TABLE `template_approvals` (
	`tenant_id` integer NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`subject` text NOT NULL,
	`preheader` text NOT NULL,
	`body_html` text NOT NULL,
	`body_text` text NOT NULL,
	`verdict` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`note` text,
	PRIMARY KEY(`tenant_id`, `hash`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `template_approvals_waiting` ON `template_approvals` (`tenant_id`,`asked_at`) WHERE verdict = 'waiting';--> statement-breakpoint
ALTER TABLE `tenants` ADD `requires_template_approval` integer DEFAULT false NOT NULL;