-- The host hears of each outcome in the transaction that stores the outcome. An outcome that a
-- further reply of the person clears is no news of its own, because recipient.replied tells of the reply.
CREATE TRIGGER host_event_of_outcome AFTER UPDATE OF outcome, waiting_since ON reply_threads
WHEN NEW.replied_at = OLD.replied_at
  AND (OLD.outcome IS NOT NEW.outcome OR NEW.outcome = 'notNow' AND OLD.waiting_since IS NOT NEW.waiting_since)
  AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"recipient.outcome"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'recipient.outcome', coalesce(NEW.decided_at, max(OLD.decided_at, coalesce((SELECT t.ticked_at FROM ticks t), 0))), json_object('recipientId', r.id, 'campaignId', r.campaign_id,
    'campaignName', c.name, 'propertyId', r.property_id, 'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'outcome', NEW.outcome, 'comesBackAt', iif(NEW.outcome = 'notNow',
      strftime('%Y-%m-%dT%H:%M:%fZ', NEW.waiting_since / 1000.0, 'unixepoch'), NULL), 'decidedBy', NEW.decided_by)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.id = NEW.recipient_id AND r.tenant_id = NEW.tenant_id;
END;
--> statement-breakpoint
CREATE TRIGGER host_event_of_new_outcome AFTER INSERT ON reply_threads
WHEN NEW.outcome IS NOT NULL AND EXISTS (SELECT 1 FROM host_webhooks w WHERE w.tenant_id = NEW.tenant_id AND w.disabled_at IS NULL AND (w.event_types IS NULL OR instr(w.event_types, '"recipient.outcome"'))) BEGIN
  INSERT INTO host_events (tenant_id, sequence, type, occurred_at, data)
  SELECT NEW.tenant_id, coalesce((SELECT max(e.sequence) FROM host_events e WHERE e.tenant_id = NEW.tenant_id), 0) + 1,
    'recipient.outcome', coalesce(NEW.decided_at, NEW.replied_at), json_object('recipientId', r.id, 'campaignId', r.campaign_id,
    'campaignName', c.name, 'propertyId', r.property_id, 'contactKey', r.contact_key, 'email', r.email, 'name', r.name,
    'outcome', NEW.outcome, 'comesBackAt', iif(NEW.outcome = 'notNow',
      strftime('%Y-%m-%dT%H:%M:%fZ', NEW.waiting_since / 1000.0, 'unixepoch'), NULL), 'decidedBy', NEW.decided_by)
  FROM campaign_recipients r LEFT JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.id = NEW.recipient_id AND r.tenant_id = NEW.tenant_id;
END;
