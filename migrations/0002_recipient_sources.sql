ALTER TABLE `campaign_recipients` ADD `source` text DEFAULT 'host' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_recipients` ADD `source_date` text;