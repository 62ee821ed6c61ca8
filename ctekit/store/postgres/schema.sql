-- The store in PostgreSQL 15 or newer; `ctekit hub-prepare` runs this in an empty database, and again after an upgrade:
-- tables stay as they are; functions, policies and rights become what this ctekit needs.
-- Whoever runs it owns the tables. Facilitators have roles of their own in the group ctekit_facilitator.
-- Columns of text sort by their bytes, as in SQLite, whatever the database's language is.

DO $$ BEGIN
    CREATE ROLE ctekit_facilitator NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- the group is the whole server's
END $$;
-- The process that serves the rooms of all partnerships to phones.
DO $$ BEGIN
    CREATE ROLE ctekit_rooms NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- People of the state agency.
DO $$ BEGIN
    CREATE ROLE ctekit_agency NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE TABLE IF NOT EXISTS store (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    application bigint NOT NULL,
    version integer NOT NULL
);

CREATE TABLE IF NOT EXISTS partnership (
    id text COLLATE "C" PRIMARY KEY,
    is_away boolean NOT NULL DEFAULT false  -- taken out of the hub: what stands here can be read, and nothing be added
);

CREATE TABLE IF NOT EXISTS member (
    facilitator name NOT NULL,
    partnership text COLLATE "C" NOT NULL REFERENCES partnership,
    PRIMARY KEY (facilitator, partnership)
);

CREATE TABLE IF NOT EXISTS revision (
    partnership text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    uid text COLLATE "C" NOT NULL,
    worksheet text COLLATE "C" NOT NULL,
    "row" text COLLATE "C" NOT NULL,
    field text COLLATE "C" NOT NULL,
    respondent text COLLATE "C" NOT NULL DEFAULT '',
    old text,
    value text COLLATE "C",
    who text NOT NULL,
    at text COLLATE "C" NOT NULL,
    based_on bigint,
    conflicts_with bigint,
    parents text,
    said_at text,
    PRIMARY KEY (partnership, seq),
    UNIQUE (partnership, uid)
);
CREATE INDEX IF NOT EXISTS revision_current ON revision (partnership, worksheet, "row", field, respondent, seq DESC)
    WHERE conflicts_with IS NULL;
CREATE INDEX IF NOT EXISTS revision_late ON revision (partnership, worksheet, "row", field, seq)
    WHERE conflicts_with IS NOT NULL;

-- What a partnership that was brought back took the place of: any member can do that, so nothing goes. For the owner only.
CREATE TABLE IF NOT EXISTS revision_replaced (
    replaced_at timestamptz NOT NULL,
    replaced_by name NOT NULL,
    LIKE revision
);

-- The ways into rooms. A file has one partnership and its table "door"; here it is a view of the partnership in use.
CREATE TABLE IF NOT EXISTS doors (
    partnership text COLLATE "C" NOT NULL DEFAULT current_setting('ctekit.partnership'),
    round text COLLATE "C" NOT NULL,
    secret text NOT NULL,
    code text NOT NULL,
    key text NOT NULL,
    port integer NOT NULL,
    PRIMARY KEY (partnership, round)
);
CREATE OR REPLACE VIEW door WITH (security_invoker = true) AS
    SELECT round, secret, code, key, port FROM doors WHERE partnership = current_setting('ctekit.partnership', true);

-- The counts that a partnership has submitted to the state agency: a document that holds no answer and no small group.
CREATE TABLE IF NOT EXISTS submission (
    partnership text COLLATE "C" PRIMARY KEY REFERENCES partnership,
    document text NOT NULL CHECK (length(document) <= 1000000),
    submitted_at timestamptz NOT NULL,
    submitted_by name NOT NULL
);

-- A revision never changes and never goes, whoever asks; but see bring_back.

CREATE OR REPLACE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_LEVEL = 'ROW' AND TG_OP = 'DELETE' AND current_setting('ctekit.brought_back', true) = OLD.partnership THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a revision never changes and is never deleted';
END $$;
CREATE OR REPLACE TRIGGER revision_never_changes BEFORE UPDATE OR DELETE ON revision
    FOR EACH ROW EXECUTE FUNCTION never_changes();
CREATE OR REPLACE TRIGGER revision_never_goes BEFORE TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION never_changes();

-- Who may do what.

ALTER TABLE partnership ENABLE ROW LEVEL SECURITY;
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE doors ENABLE ROW LEVEL SECURITY;
ALTER TABLE submission ENABLE ROW LEVEL SECURITY;

DO $$ DECLARE policy record; BEGIN
    FOR policy IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', policy.policyname, policy.tablename);
    END LOOP;
END $$;
CREATE POLICY mine ON member FOR SELECT TO ctekit_facilitator USING (facilitator = current_user);
CREATE POLICY of_members ON partnership FOR SELECT TO ctekit_facilitator
    USING (id IN (SELECT partnership FROM member));
CREATE POLICY read_by_members ON revision FOR SELECT TO ctekit_facilitator
    USING (partnership IN (SELECT partnership FROM member));
CREATE POLICY added_by_members ON revision FOR INSERT TO ctekit_facilitator
    WITH CHECK (partnership IN (SELECT id FROM partnership WHERE NOT is_away));
CREATE POLICY used_by_members ON doors TO ctekit_facilitator USING (partnership IN (SELECT partnership FROM member));

-- Rooms see the partnerships whose room is open, and add what a room adds: ratings, slips, an action of the plan.
-- A door that nobody has closed is good for its day; the days around it are let through where clocks keep other time zones.
CREATE OR REPLACE FUNCTION is_fresh(round text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT round COLLATE "C" BETWEEN to_char(now() AT TIME ZONE 'UTC' - interval '1 day', '"day-"YYYY-MM-DD')
        AND to_char(now() AT TIME ZONE 'UTC' + interval '1 day', '"day-"YYYY-MM-DD')
$$;
CREATE POLICY seen_by_rooms ON doors FOR SELECT TO ctekit_rooms USING (is_fresh(round));
CREATE POLICY of_rooms ON partnership FOR SELECT TO ctekit_rooms USING (id IN (SELECT partnership FROM doors));
CREATE POLICY read_by_rooms ON revision FOR SELECT TO ctekit_rooms
    USING (partnership IN (SELECT partnership FROM doors));
CREATE POLICY added_by_rooms ON revision FOR INSERT TO ctekit_rooms WITH CHECK (
    worksheet IN ('ratings', 'value', 'plan') AND partnership IN (SELECT id FROM partnership WHERE NOT is_away)
);

-- The state agency sees what was submitted to it, and nothing else.
CREATE POLICY read_by_agency ON submission FOR SELECT TO ctekit_agency USING (true);

-- What follows runs with its owner's rights, and so sees to it by itself that whoever asks is a member.

CREATE OR REPLACE FUNCTION is_member(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM member WHERE member.partnership = wanted AND facilitator = session_user)
$$;

-- The same for whoever opens doors: a room's own process may close the door of a room that is open, as its lead says.
CREATE OR REPLACE FUNCTION may_write(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT is_member(wanted) OR session_user = 'ctekit_rooms'
        AND EXISTS (SELECT FROM doors WHERE doors.partnership = wanted AND is_fresh(doors.round))
$$;

-- Closes the doors of the partnership in use but one. Not by a right to delete: whoever has that may lock the whole table.
CREATE OR REPLACE FUNCTION close_doors(keep text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF may_write(current_setting('ctekit.partnership')) THEN
        DELETE FROM doors WHERE doors.partnership = current_setting('ctekit.partnership') AND doors.round <> keep;
    END IF;
END $$;

-- Two who save at once would give the same number twice. The second waits here until the first is done. Others than members
-- lock nothing: where anybody may lock, as with advisory locks, anybody may keep a partnership from being saved.
CREATE OR REPLACE FUNCTION lock_partnership(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF may_write(wanted) THEN
        PERFORM FROM partnership WHERE id = wanted FOR NO KEY UPDATE;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION new_partnership(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO partnership (id) VALUES (wanted);
    INSERT INTO member (facilitator, partnership) VALUES (session_user, wanted);
END $$;

CREATE OR REPLACE FUNCTION share_partnership(wanted text, other name) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_member(wanted) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this partnership is not yours to share';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
                   WHERE m.roleid = 'ctekit_facilitator'::regrole AND r.rolname = other) THEN
        RAISE undefined_object USING MESSAGE = 'no facilitator of this name';
    END IF;
    INSERT INTO member (facilitator, partnership) VALUES (other, wanted) ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION submit_counts(wanted text, counts text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_member(wanted) OR (SELECT is_away FROM partnership WHERE id = wanted) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this partnership is not yours to submit, or is away';
    END IF;
    INSERT INTO submission VALUES (wanted, counts, now(), session_user) ON CONFLICT (partnership) DO UPDATE
        SET document = counts, submitted_at = now(), submitted_by = session_user;
END $$;

-- Says whether there was anything.
CREATE OR REPLACE FUNCTION withdraw_counts(wanted text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_member(wanted) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this partnership is not yours to withdraw';
    END IF;
    DELETE FROM submission WHERE submission.partnership = wanted;
    RETURN FOUND;
END $$;

-- A partnership goes to a laptop: nothing is added here any more until it is brought back. Its counts go with it: from
-- there nobody could renew them, or take them back.
CREATE OR REPLACE FUNCTION send_away(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_member(wanted) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this partnership is not yours to move';
    END IF;
    UPDATE partnership SET is_away = true WHERE id = wanted;
    DELETE FROM doors WHERE doors.partnership = wanted;
    DELETE FROM submission WHERE submission.partnership = wanted;
END $$;

-- It comes back, and brings its whole history: what stood here until it went away gives way, in the same transaction,
-- and is kept in revision_replaced.
CREATE OR REPLACE FUNCTION bring_back(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_member(wanted) OR NOT (SELECT is_away FROM partnership WHERE id = wanted) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this partnership is not away';
    END IF;
    INSERT INTO revision_replaced
        SELECT now(), session_user, revision.* FROM revision WHERE revision.partnership = wanted;
    PERFORM set_config('ctekit.brought_back', wanted, true);
    DELETE FROM revision WHERE revision.partnership = wanted;
    PERFORM set_config('ctekit.brought_back', '', true);
    UPDATE partnership SET is_away = false WHERE id = wanted;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ctekit_facilitator, ctekit_rooms, ctekit_agency;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, ctekit_facilitator, ctekit_rooms, ctekit_agency;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ctekit_facilitator, ctekit_rooms, ctekit_agency', current_database());
END $$;
GRANT USAGE ON SCHEMA public TO ctekit_facilitator, ctekit_rooms, ctekit_agency;
GRANT SELECT ON store, partnership, member TO ctekit_facilitator;
GRANT SELECT, INSERT ON revision TO ctekit_facilitator;
-- Of a column, not of the table: with that, anybody could lock the table, and no room would begin.
GRANT SELECT, INSERT, UPDATE (port) ON doors, door TO ctekit_facilitator;
GRANT EXECUTE ON FUNCTION is_member, lock_partnership, close_doors, new_partnership, share_partnership, send_away,
    bring_back, submit_counts, withdraw_counts TO ctekit_facilitator;
GRANT SELECT ON store, partnership, doors TO ctekit_rooms;
GRANT SELECT, INSERT ON revision TO ctekit_rooms;
GRANT EXECUTE ON FUNCTION is_fresh, lock_partnership, close_doors TO ctekit_rooms;
GRANT SELECT ON store TO ctekit_agency;
GRANT SELECT (partnership, document) ON submission TO ctekit_agency;
