CREATE TABLE `answers` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`recipient_id` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`status` text NOT NULL,
	`subject` text NOT NULL,
	`body_text` text NOT NULL,
	`sent_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`failure` text,
	FOREIGN KEY (`recipient_id`) REFERENCES `campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `answers_of_recipient` ON `answers` (`recipient_id`,`idempotency_key`);