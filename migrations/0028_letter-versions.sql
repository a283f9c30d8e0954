CREATE TABLE `letter_versions` (
	`sequence_id` integer NOT NULL,
	`step_id` integer NOT NULL,
	`is_else` integer NOT NULL,
	`replaced_at` integer NOT NULL,
	`tenant_id` integer NOT NULL,
	`replaced_by` text NOT NULL,
	`letter` text NOT NULL,
	PRIMARY KEY(`sequence_id`, `step_id`, `is_else`, `replaced_at`),
	FOREIGN KEY (`sequence_id`) REFERENCES `sequences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
