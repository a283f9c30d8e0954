DROP INDEX `campaigns_waiting`;--> statement-breakpoint
CREATE INDEX `campaigns_status` ON `campaigns` (`tenant_id`,`status`,`id`);