ALTER TABLE `campaigns` ADD `stops_on_click` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `sequences` SET `rules` = json_set(`rules`, '$.stopsOnClick', json('false'));