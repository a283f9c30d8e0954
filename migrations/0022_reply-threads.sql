CREATE TABLE `reply_threads` (
	`recipient_id` integer PRIMARY KEY NOT NULL,
	`tenant_id` integer NOT NULL,
	`replied_at` integer NOT NULL,
	`waiting_since` integer,
	`outcome` text,
	`decided_by` text,
	`decided_at` integer,
	`undo` text,
	FOREIGN KEY (`recipient_id`) REFERENCES `campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `reply_threads_waiting` ON `reply_threads` (`tenant_id`,`waiting_since`) WHERE waiting_since IS NOT NULL;