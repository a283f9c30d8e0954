CREATE TABLE `tenant_origins` (
	`origin` text NOT NULL,
	`tenant_id` integer NOT NULL,
	PRIMARY KEY(`origin`, `tenant_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;

--> statement-breakpoint
CREATE TRIGGER `tenants_origins_insert` AFTER INSERT ON `tenants` BEGIN
	INSERT INTO `tenant_origins` (`origin`, `tenant_id`) SELECT DISTINCT value, new.id FROM json_each(new.allowed_origins);
END;
--> statement-breakpoint
CREATE TRIGGER `tenants_origins_update` AFTER UPDATE OF `allowed_origins` ON `tenants` WHEN old.allowed_origins IS NOT new.allowed_origins BEGIN
	DELETE FROM `tenant_origins` WHERE `tenant_id` = new.id AND `origin` IN (SELECT value FROM json_each(old.allowed_origins));
	INSERT INTO `tenant_origins` (`origin`, `tenant_id`) SELECT DISTINCT value, new.id FROM json_each(new.allowed_origins);
END;
--> statement-breakpoint
INSERT INTO `tenant_origins` (`origin`, `tenant_id`) SELECT DISTINCT o.value, t.id FROM `tenants` t, json_each(t.allowed_origins) o;
