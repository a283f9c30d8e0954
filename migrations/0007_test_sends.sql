CREATE TABLE `test_sends` (
	`tenant_id` integer PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`sent` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
