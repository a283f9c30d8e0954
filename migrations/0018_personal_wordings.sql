CREATE TABLE `personal_wordings` (
	`recipient_id` integer NOT NULL,
	`step_number` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`version` integer NOT NULL,
	`subject` text,
	`preheader` text NOT NULL,
	`body_html` text NOT NULL,
	`body_text` text NOT NULL,
	`agent_id` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`recipient_id`, `step_number`),
	FOREIGN KEY (`recipient_id`) REFERENCES `campaign_recipients`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
