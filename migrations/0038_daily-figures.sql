CREATE TABLE `daily_figures` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`hour` integer NOT NULL,
	`step_number` integer NOT NULL,
	`variant` integer NOT NULL,
	`sender_id` integer NOT NULL,
	`agent_id` text NOT NULL,
	`sequence_id` text NOT NULL,
	`source` text NOT NULL,
	`counts` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`, `hour`, `step_number`, `variant`, `sender_id`, `agent_id`, `sequence_id`, `source`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `figure_days` (
	`tenant_id` integer NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`token` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `figure_days_to_roll` ON `figure_days` (`day`) WHERE state <> 'rolled';