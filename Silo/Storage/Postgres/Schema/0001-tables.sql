-- The tables of grain state, reminders and membership, and the statements that Orleans' ADO.NET providers look up by name.
-- Names of parameters and of result columns are those that the providers use; everything else is ours.

-- Versions are the ETags of records and reminders. The providers keep them in 32 bits, so the sequence starts again after
-- two thousand million writes: only who slept through all of them could take a new version for an old one.
CREATE SEQUENCE record_version AS integer CYCLE;

-- A record is gone when it is cleared: outbox segments come and go by the million.
CREATE TABLE grain_state (
    service_id text        COLLATE "C" NOT NULL,
    grain      text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    version    integer     NOT NULL,
    written_at timestamptz NOT NULL,
    state      bytea       NOT NULL,
    PRIMARY KEY (service_id, grain, name)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.2);

-- State is sealed: trying to compress it would find nothing.
ALTER TABLE grain_state ALTER COLUMN state SET STORAGE EXTERNAL;

CREATE TABLE reminder (
    service_id text        COLLATE "C" NOT NULL,
    grain      text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    ring_hash  integer     NOT NULL,
    start_at   timestamptz NOT NULL,
    period     bigint      NOT NULL,
    version    integer     NOT NULL,
    PRIMARY KEY (service_id, grain, name)
);
CREATE INDEX reminder_by_ring_hash ON reminder (service_id, ring_hash);

-- One row for each cluster: silos agree on who is in it by moving this number on.
CREATE TABLE membership_version (
    cluster_id text        COLLATE "C" PRIMARY KEY,
    changed_at timestamptz NOT NULL DEFAULT now(),
    version    integer     NOT NULL DEFAULT 0
);

CREATE TABLE membership (
    cluster_id    text        COLLATE "C" NOT NULL REFERENCES membership_version,
    address       text        COLLATE "C" NOT NULL,
    port          integer     NOT NULL,
    generation    integer     NOT NULL,
    silo_name     text        NOT NULL,
    host_name     text        NOT NULL,
    status        integer     NOT NULL,
    proxy_port    integer,
    suspect_times text,
    start_time    timestamptz NOT NULL,
    alive_at      timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

CREATE TABLE orleansquery (
    querykey  text COLLATE "C" PRIMARY KEY,
    querytext text NOT NULL
);

-- Grain state. No row in the answer means that the version was another one.

INSERT INTO orleansquery VALUES ('ReadFromStorageKey', $query$
    SELECT state AS PayloadBinary, version AS Version
    FROM grain_state
    WHERE service_id = @ServiceId AND grain = @GrainIdExtensionString AND name = @GrainTypeString
$query$);

INSERT INTO orleansquery VALUES ('WriteToStorageKey', $query$
    WITH changed AS (
        UPDATE grain_state
        SET version = nextval('record_version'), written_at = now(), state = @PayloadBinary
        WHERE service_id = @ServiceId AND grain = @GrainIdExtensionString AND name = @GrainTypeString
            AND version = @GrainStateVersion
        RETURNING version
    ), added AS (
        INSERT INTO grain_state (service_id, grain, name, version, written_at, state)
        SELECT @ServiceId, @GrainIdExtensionString, @GrainTypeString, nextval('record_version'), now(), @PayloadBinary
        WHERE @GrainStateVersion IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version
    )
    SELECT version AS NewGrainStateVersion FROM changed UNION ALL SELECT version FROM added
$query$);

INSERT INTO orleansquery VALUES ('DeleteStorageKey', $query$
    DELETE FROM grain_state
    WHERE service_id = @ServiceId AND grain = @GrainIdExtensionString AND name = @GrainTypeString
        AND version = @GrainStateVersion
    RETURNING 0 AS NewGrainStateVersion
$query$);

-- Asked for by name, and not used: records are deleted when they are cleared.
INSERT INTO orleansquery SELECT 'ClearStorageKey', querytext FROM orleansquery WHERE querykey = 'DeleteStorageKey';

-- Reminders.

INSERT INTO orleansquery VALUES ('UpsertReminderRowKey', $query$
    INSERT INTO reminder (service_id, grain, name, ring_hash, start_at, period, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, nextval('record_version'))
    ON CONFLICT (service_id, grain, name) DO UPDATE
    SET ring_hash = excluded.ring_hash, start_at = excluded.start_at, period = excluded.period, version = excluded.version
    RETURNING version AS Version
$query$);

INSERT INTO orleansquery VALUES ('ReadReminderRowKey', $query$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period AS Period, version AS Version
    FROM reminder
    WHERE service_id = @ServiceId AND grain = @GrainId AND name = @ReminderName
$query$);

INSERT INTO orleansquery VALUES ('ReadReminderRowsKey', $query$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period AS Period, version AS Version
    FROM reminder
    WHERE service_id = @ServiceId AND grain = @GrainId
$query$);

INSERT INTO orleansquery VALUES ('ReadRangeRows1Key', $query$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period AS Period, version AS Version
    FROM reminder
    WHERE service_id = @ServiceId AND ring_hash > @BeginHash AND ring_hash <= @EndHash
$query$);

INSERT INTO orleansquery VALUES ('ReadRangeRows2Key', $query$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period AS Period, version AS Version
    FROM reminder
    WHERE service_id = @ServiceId AND (ring_hash > @BeginHash OR ring_hash <= @EndHash)
$query$);

INSERT INTO orleansquery VALUES ('DeleteReminderRowKey', $query$
    WITH gone AS (
        DELETE FROM reminder
        WHERE service_id = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING 1
    )
    SELECT count(*)::integer FROM gone
$query$);

INSERT INTO orleansquery VALUES ('DeleteReminderRowsKey', $query$
    DELETE FROM reminder WHERE service_id = @ServiceId
$query$);

-- Membership. A change of a row and of the cluster's number is one statement, so that both are made or none is; the answer
-- says how many rows it was.

INSERT INTO orleansquery VALUES ('GatewaysQueryKey', $query$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM membership
    WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$);

INSERT INTO orleansquery VALUES ('MembershipReadRowKey', $query$
    SELECT v.cluster_id AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation,
        m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort,
        m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM membership_version v
    LEFT JOIN membership m ON m.cluster_id = v.cluster_id
        AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.cluster_id = @DeploymentId
$query$);

INSERT INTO orleansquery VALUES ('MembershipReadAllKey', $query$
    SELECT v.cluster_id AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation,
        m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort,
        m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM membership_version v
    LEFT JOIN membership m ON m.cluster_id = v.cluster_id
    WHERE v.cluster_id = @DeploymentId
$query$);

INSERT INTO orleansquery VALUES ('InsertMembershipVersionKey', $query$
    WITH added AS (
        INSERT INTO membership_version (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*)::integer FROM added
$query$);

INSERT INTO orleansquery VALUES ('UpdateIAmAlivetimeKey', $query$
    UPDATE membership SET alive_at = @IAmAliveTime
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$);

-- The number is moved on first: its row is the lock that lets one silo at a time change the table. It moves only where the
-- row it stands for can be added.
INSERT INTO orleansquery VALUES ('InsertMembershipKey', $query$
    WITH moved AS (
        UPDATE membership_version SET version = version + 1, changed_at = now()
        WHERE cluster_id = @DeploymentId AND version = @Version
            AND NOT EXISTS (
                SELECT 1 FROM membership
                WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING cluster_id
    ), added AS (
        INSERT INTO membership (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_at)
        SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM moved
        RETURNING 1
    )
    SELECT count(*)::integer FROM added
$query$);

INSERT INTO orleansquery VALUES ('UpdateMembershipKey', $query$
    WITH moved AS (
        UPDATE membership_version SET version = version + 1, changed_at = now()
        WHERE cluster_id = @DeploymentId AND version = @Version
            AND EXISTS (
                SELECT 1 FROM membership
                WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING cluster_id
    ), changed AS (
        UPDATE membership m SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
        FROM moved
        WHERE m.cluster_id = moved.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
        RETURNING 1
    )
    SELECT count(*)::integer FROM changed
$query$);

INSERT INTO orleansquery VALUES ('DeleteMembershipTableEntriesKey', $query$
    WITH silos AS (DELETE FROM membership WHERE cluster_id = @DeploymentId)
    DELETE FROM membership_version WHERE cluster_id = @DeploymentId
$query$);

-- Everybody but the active (status 3) who has said nothing for long.
INSERT INTO orleansquery VALUES ('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM membership WHERE cluster_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$query$);
