CREATE TABLE `host_event_retries` (
	`tenant_id` integer NOT NULL,
	`webhook_id` integer NOT NULL,
	`sequence` integer NOT NULL,
	`attempts` integer NOT NULL,
	`failing_since` integer NOT NULL,
	`next_attempt_at` integer,
	`failure` text,
	PRIMARY KEY(`tenant_id`, `webhook_id`, `sequence`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `host_events` (
	`tenant_id` integer NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `sequence`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `host_webhooks` (
	`tenant_id` integer NOT NULL,
	`id` integer NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`event_types` text,
	`sealed_secret` text NOT NULL,
	`sealed_old_secret` text,
	`old_secret_until` integer,
	`delivered_to` integer NOT NULL,
	`next_attempt_at` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`failing_since` integer,
	`rounds` text DEFAULT '[]' NOT NULL,
	`disabled_at` integer,
	`disabled_reason` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Each change that a host can learn of inserts its event in the change's own transaction, so that no
-- statement can forget it. Without an enabled webhook that wants the type, nothing is written.
CREATE TRIGGER host_event_of_message AFTER UPDATE OF status ON messages
WHEN NEW.status = 'sent' AND OLD.status <> 'sent'
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"recipient.sent"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'recipient.sent', coalesce(NEW.sent_at, NEW.attempted_at), json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'stepNumber', NEW.step_number, 'subject', NEW.subject)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.id = NEW.recipient_id AND r.tenant_id = NEW.tenant_id;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_report AFTER INSERT ON events
WHEN NEW.is_machine = 0 AND NEW.recipient_id > 0
  AND NEW.kind IN ('delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed')
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"recipient.' || NEW.kind || '"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'recipient.' || NEW.kind, NEW.occurred_at, CASE NEW.kind
      WHEN 'clicked' THEN json_set(p.data, '$.url', NEW.data->>'$.url')
      WHEN 'replied' THEN json_set(p.data, '$.text', substr(NEW.data->>'$.text', 1, 2000))
      WHEN 'bounced' THEN json_set(p.data, '$.bounceClass', NEW.data->>'$.bounceClass', '$.status',
        NEW.data->>'$.status', '$.diagnostic', NEW.data->>'$.diagnostic')
      ELSE p.data END
  FROM (SELECT json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'stepNumber', NEW.step_number, 'subject', m.subject) AS data
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id
    LEFT JOIN messages m ON m.recipient_id = NEW.recipient_id AND m.step_number = NEW.step_number
  WHERE r.id = NEW.recipient_id AND r.tenant_id = NEW.tenant_id) p;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_recipient_end AFTER UPDATE OF status ON campaign_recipients
WHEN NEW.status IN ('completed', 'stopped') AND OLD.status <> NEW.status
  AND NEW.stop_reason IS NOT 'campaignStopped' AND NEW.stop_reason IS NOT 'campaignEnded'
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"recipient.' || NEW.status || '"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'recipient.' || NEW.status, coalesce((SELECT t.ticked_at FROM ticks t), NEW.created_at),
    iif(NEW.status = 'stopped', json_set(p.data, '$.stopReason', NEW.stop_reason), p.data)
  FROM (SELECT json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name) AS data
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = NEW.id) p;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_address AFTER UPDATE OF email ON campaign_recipients
WHEN NEW.email IS NOT NULL AND OLD.email IS NOT NEW.email
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"contact.updated"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'contact.updated', coalesce((SELECT t.ticked_at FROM ticks t), NEW.created_at), json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'previousEmail', OLD.email)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_task AFTER INSERT ON tasks
WHEN NEW.outcome IS NULL
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"task.opened"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'task.opened', NEW.opened_at, json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'stepNumber', NEW.step_number, 'kind', NEW.kind)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = NEW.recipient_id;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_task_end AFTER UPDATE OF outcome ON tasks
WHEN NEW.outcome IS NOT NULL AND OLD.outcome IS NULL
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"task.closed"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'task.closed', coalesce(NEW.closed_at, NEW.expires_at), json_object('recipientId', r.id, 'campaignId', r.campaign_id, 'campaignName', c.name, 'propertyId', r.property_id,
    'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'stepNumber', NEW.step_number, 'kind', NEW.kind,
    'outcome', NEW.outcome, 'result', NEW.result, 'note', NEW.note, 'closedBy', NEW.closed_by)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = NEW.recipient_id;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_campaign AFTER UPDATE OF status ON campaigns
WHEN OLD.status <> NEW.status AND NEW.status IN ('active', 'paused', 'completed', 'stopped') BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    t.type, NEW.updated_at,
    iif(NEW.status = 'paused', json_set(t.data, '$.pauseReason', NEW.pause_reason), t.data)
  FROM (SELECT CASE NEW.status
      WHEN 'active' THEN iif(OLD.status IN ('draft', 'waitingForApproval'), 'campaign.launched', 'campaign.resumed')
      ELSE 'campaign.' || NEW.status END AS type,
    json_object('campaignId', NEW.id, 'campaignName', NEW.name, 'propertyId', NEW.property_id,
    'createdBy', NEW.created_by) AS data) t
  WHERE EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"' || t.type || '"')));
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_launch AFTER INSERT ON campaigns
WHEN NEW.status = 'active'
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"campaign.launched"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'campaign.launched', NEW.updated_at, json_object('campaignId', NEW.id, 'campaignName', NEW.name, 'propertyId', NEW.property_id,
    'createdBy', NEW.created_by);
END;
