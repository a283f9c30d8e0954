-- A day that is rolled up is marked as changed when something comes late to an email of that day.
-- The sender's day differs from the UTC day by at most one, so up to three days are marked. On an
-- open day there is no row to mark, so nothing is written.
CREATE TRIGGER figures_changed_by_event AFTER INSERT ON events WHEN NEW.recipient_id > 0 BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.recipient_id AND m.step_number = NEW.step_number);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_event_removal AFTER DELETE ON events WHEN OLD.recipient_id > 0 BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = OLD.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = OLD.recipient_id AND m.step_number = OLD.step_number);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_message AFTER UPDATE OF status, sent_at, variant ON messages
WHEN OLD.status <> NEW.status AND NEW.attempted_at IS NOT NULL BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(i.at / 1000, 'unixepoch', o.days)
    FROM (SELECT coalesce(OLD.sent_at, OLD.attempted_at) AS at UNION SELECT coalesce(NEW.sent_at, NEW.attempted_at)) i
    CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_message_removal AFTER DELETE ON messages WHEN OLD.attempted_at IS NOT NULL BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = OLD.tenant_id AND day IN (
    SELECT date(coalesce(OLD.sent_at, OLD.attempted_at) / 1000, 'unixepoch', o.days)
    FROM (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_reading AFTER UPDATE OF kind ON reply_readings WHEN OLD.kind IS NOT NEW.kind BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.recipient_id);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_new_reading AFTER INSERT ON reply_readings WHEN NEW.kind IS NOT NULL BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.recipient_id);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_outcome AFTER UPDATE OF outcome ON reply_threads WHEN OLD.outcome IS NOT NEW.outcome BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.recipient_id);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_new_outcome AFTER INSERT ON reply_threads WHEN NEW.outcome IS NOT NULL BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.recipient_id);
END;
--> statement-breakpoint
CREATE TRIGGER figures_changed_by_recipient AFTER UPDATE OF sender_id, source ON campaign_recipients
WHEN OLD.sender_id <> NEW.sender_id OR OLD.source <> NEW.source BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id AND day IN (
    SELECT date(coalesce(m.sent_at, m.attempted_at) / 1000, 'unixepoch', o.days)
    FROM messages m CROSS JOIN (SELECT '-1 days' AS days UNION ALL SELECT '0 days' UNION ALL SELECT '1 days') o
    WHERE m.recipient_id = NEW.id);
END;
--> statement-breakpoint
-- The days of a sender's emails are those of the sender's time zone.
CREATE TRIGGER figures_changed_by_zone AFTER UPDATE OF time_zone ON senders WHEN OLD.time_zone <> NEW.time_zone BEGIN
  UPDATE figure_days SET state = 'changed' WHERE state <> 'changed' AND tenant_id = NEW.tenant_id;
END;
