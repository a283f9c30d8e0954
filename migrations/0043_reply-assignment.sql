ALTER TABLE `reply_threads` ADD `assigned_to` text;--> statement-breakpoint
UPDATE `reply_threads` SET `assigned_to` = (SELECT c.`created_by` FROM `campaign_recipients` r
	JOIN `campaigns` c ON c.`id` = r.`campaign_id` WHERE r.`id` = `reply_threads`.`recipient_id`);--> statement-breakpoint
CREATE INDEX `reply_threads_of_agent` ON `reply_threads` (`tenant_id`,`assigned_to`,`waiting_since`) WHERE waiting_since IS NOT NULL;
