CREATE TABLE `refusals` (
	`tenant_id` integer NOT NULL,
	`property_id` text NOT NULL,
	`email` text NOT NULL,
	`kind` text NOT NULL,
	`refused_at` integer NOT NULL,
	`recipient_id` integer NOT NULL,
	`name` text NOT NULL,
	`note` text,
	PRIMARY KEY(`tenant_id`, `property_id`, `email`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `content_hash` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `refusals_overridden_at` integer;--> statement-breakpoint
CREATE INDEX `campaigns_content` ON `campaigns` (`tenant_id`,`content_hash`) WHERE content_hash IS NOT NULL;--> statement-breakpoint
ALTER TABLE `properties` ADD `owners` text;--> statement-breakpoint
ALTER TABLE `properties` ADD `owners_changed_at` integer;--> statement-breakpoint
-- Written by hand, since the generator makes no rows.
INSERT INTO `refusals` (`tenant_id`, `property_id`, `email`, `kind`, `refused_at`, `recipient_id`, `name`)
SELECT r.tenant_id, r.property_id, r.email, r.stop_reason, s.created_at, max(r.id), r.name
FROM `campaign_recipients` r JOIN `suppressions` s ON s.tenant_id = r.tenant_id AND s.email = r.email
WHERE r.stop_reason IN ('unsubscribed', 'complained') AND r.property_id IS NOT NULL
GROUP BY r.tenant_id, r.property_id, r.email;
