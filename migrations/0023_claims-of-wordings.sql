ALTER TABLE `email_template_versions` ADD `claims` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `personal_wordings` ADD `claims` text DEFAULT '[]' NOT NULL;