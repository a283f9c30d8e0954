-- People and campaigns by the beginnings of their words. Triggers keep both indexes, so no statement
-- that adds, changes or deletes a row can forget them. The tenant is a word of its own.
CREATE VIRTUAL TABLE `people_search` USING fts5(tenant, who, address, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE VIRTUAL TABLE `campaigns_search` USING fts5(tenant, name, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE TRIGGER `campaign_recipients_search_insert` AFTER INSERT ON `campaign_recipients` BEGIN
	INSERT INTO `people_search` (`rowid`, `tenant`, `who`, `address`) VALUES (new.id, 't' || new.tenant_id, new.name || ' ' || coalesce(new.email, ''), coalesce(new.data->>'$.property.streetAddress', new.data->>'$.property.unparsedAddress', ''));
END;
--> statement-breakpoint
CREATE TRIGGER `campaign_recipients_search_update` AFTER UPDATE OF `name`, `email`, `data` ON `campaign_recipients`
WHEN old.name IS NOT new.name OR old.email IS NOT new.email OR coalesce(old.data->>'$.property.streetAddress', old.data->>'$.property.unparsedAddress') IS NOT coalesce(new.data->>'$.property.streetAddress', new.data->>'$.property.unparsedAddress') BEGIN
	DELETE FROM `people_search` WHERE `rowid` = old.id;
	INSERT INTO `people_search` (`rowid`, `tenant`, `who`, `address`) VALUES (new.id, 't' || new.tenant_id, new.name || ' ' || coalesce(new.email, ''), coalesce(new.data->>'$.property.streetAddress', new.data->>'$.property.unparsedAddress', ''));
END;
--> statement-breakpoint
CREATE TRIGGER `campaign_recipients_search_delete` AFTER DELETE ON `campaign_recipients` BEGIN
	DELETE FROM `people_search` WHERE `rowid` = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER `campaigns_search_insert` AFTER INSERT ON `campaigns` BEGIN
	INSERT INTO `campaigns_search` (`rowid`, `tenant`, `name`) VALUES (new.id, 't' || new.tenant_id, new.name);
END;
--> statement-breakpoint
CREATE TRIGGER `campaigns_search_update` AFTER UPDATE OF `name` ON `campaigns` WHEN old.name IS NOT new.name BEGIN
	DELETE FROM `campaigns_search` WHERE `rowid` = old.id;
	INSERT INTO `campaigns_search` (`rowid`, `tenant`, `name`) VALUES (new.id, 't' || new.tenant_id, new.name);
END;
--> statement-breakpoint
CREATE TRIGGER `campaigns_search_delete` AFTER DELETE ON `campaigns` BEGIN
	DELETE FROM `campaigns_search` WHERE `rowid` = old.id;
END;
--> statement-breakpoint
INSERT INTO `people_search` (`rowid`, `tenant`, `who`, `address`) SELECT id, 't' || tenant_id, name || ' ' || coalesce(email, ''), coalesce(data->>'$.property.streetAddress', data->>'$.property.unparsedAddress', '') FROM `campaign_recipients`;
--> statement-breakpoint
INSERT INTO `campaigns_search` (`rowid`, `tenant`, `name`) SELECT id, 't' || tenant_id, name FROM `campaigns`;
