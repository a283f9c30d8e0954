ALTER TABLE `campaigns` ADD `approval` text;--> statement-breakpoint
CREATE INDEX `campaigns_waiting` ON `campaigns` (`tenant_id`,`id`) WHERE status = 'waitingForApproval';--> statement-breakpoint
ALTER TABLE `tenants` ADD `source_rules` text DEFAULT '{}' NOT NULL;